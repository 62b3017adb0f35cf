import{O as e,U as t,W as n}from"./index-BHbaXzRg.js";import{A as r,ft as i,i as a,n as o,o as s,r as c,t as l,w as u,y as d}from"./Panel-Bs6JSMci.js";import{n as f,t as p}from"./Pager-e7MuyKZp.js";import{t as m}from"./Tabs-Ctb0guJ3.js";import{a as h}from"./runs-CKIzMmKv.js";import"./documents-BNrGqknu.js";import{i as g,n as _,r as v}from"./RecentRuns-BGq7yURe.js";import{t as y}from"./registry-B1INsJo1.js";var b=()=>`Which syncs`,x=()=>`Qué sincronizaciones`,S=((e={},t={})=>(t.locale??u())===`es`?x(e):b(e)),C=()=>`What was read from Lightspeed, when, and what it changed`,w=()=>`Qué se leyó de Lightspeed, cuándo y qué cambió`,T=((e={},t={})=>(t.locale??u())===`es`?w(e):C(e)),E=()=>`Syncs, newest first`,D=()=>`Sincronizaciones, las últimas primero`,O=((e={},t={})=>(t.locale??u())===`es`?D(e):E(e)),k=e=>{let t=y(`en`,e?.count,{});return t===`one`?`${e?.n} sync`:t===`other`?`${e?.n} syncs`:`runs_n`},A=e=>{let t=y(`es`,e?.count,{});return t===`one`?`${e?.n} sincronización`:t===`other`?`${e?.n} sincronizaciones`:`runs_n`},j=((e,t={})=>(t.locale??u())===`es`?A(e):k(e)),M=()=>`No sync ended like this.`,N=()=>`Ninguna sincronización terminó así.`,P=((e={},t={})=>(t.locale??u())===`es`?N(e):M(e)),F=()=>`All`,I=()=>`Todas`,L=((e={},t={})=>(t.locale??u())===`es`?I(e):F(e)),R=i(),z=c(`
  query RunsPage($after: Cursor, $before: Cursor, $first: Int, $last: Int, $where: SyncRunWhere) {
    syncRuns(after: $after, before: $before, first: $first, last: $last, where: $where) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      edges {
        node {
          ...RunParts
        }
      }
    }
  }
`),B={all:[],failed:[`FAILED`],issues:[`COMPLETED_WITH_ISSUES`],cancelled:[`CANCELLED`]};function V(){let i=n({strict:!1}),c=t(),u=i.tab&&i.tab in B?i.tab:`all`,y=B[u]??[],[b,x]=r({query:z,variables:{...f(i,50),where:y.length>0?{states:y}:null}});return(0,R.jsxs)(R.Fragment,{children:[(0,R.jsx)(o,{title:e(),lead:T()}),(0,R.jsxs)(l,{title:O(),flush:!0,children:[(0,R.jsx)(m,{label:S(),now:u,tabs:[{value:`all`,label:L()},{value:`failed`,label:h.FAILED()},{value:`issues`,label:h.COMPLETED_WITH_ISSUES()},{value:`cancelled`,label:h.CANCELLED()}],to:e=>({tab:e===`all`?void 0:e})}),(0,R.jsx)(s,{result:b,again:x,rows:8,children:({syncRuns:e})=>e.edges.length>0?(0,R.jsxs)(R.Fragment,{children:[(0,R.jsx)(_,{runs:e.edges.map(e=>e.node)}),(0,R.jsx)(p,{info:e.pageInfo,text:j({count:e.totalCount,n:d(e.totalCount)}),go:e=>void c({to:`.`,search:{tab:i.tab,...e}})})]}):(0,R.jsx)(`div`,{className:`pad`,children:(0,R.jsx)(a,{icon:`clock`,title:g(),children:u===`all`?v():P()})})})]})]})}export{V as Page};