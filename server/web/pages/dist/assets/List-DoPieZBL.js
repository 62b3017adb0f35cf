import{A as e,J as t,S as n,h as r,q as i}from"./index-BfxL8WRn.js";import{A as a,ft as o,i as s,n as c,o as l,r as u,t as d,w as f,y as p}from"./Panel-Bs6JSMci.js";import{n as m,t as h}from"./Pager-e7MuyKZp.js";import{t as g}from"./Tabs-Ctb0guJ3.js";import{a as _,i as v,n as y}from"./runs-CKIzMmKv.js";import"./documents-DFITs-ry.js";import{i as b,n as x,r as S}from"./RecentRuns-dewt8Zwv.js";import{t as C}from"./registry-B1INsJo1.js";var w=()=>`Which syncs`,T=()=>`Qué sincronizaciones`,E=((e={},t={})=>(t.locale??f())===`es`?T(e):w(e)),D=()=>`What was read from Lightspeed, when, and what it changed`,O=()=>`Qué se leyó de Lightspeed, cuándo y qué cambió`,k=((e={},t={})=>(t.locale??f())===`es`?O(e):D(e)),A=()=>`Syncs, newest first`,j=()=>`Sincronizaciones, las últimas primero`,M=((e={},t={})=>(t.locale??f())===`es`?j(e):A(e)),N=e=>{let t=C(`en`,e?.count,{});return t===`one`?`${e?.n} sync`:t===`other`?`${e?.n} syncs`:`runs_n`},P=e=>{let t=C(`es`,e?.count,{});return t===`one`?`${e?.n} sincronización`:t===`other`?`${e?.n} sincronizaciones`:`runs_n`},F=((e,t={})=>(t.locale??f())===`es`?P(e):N(e)),I=()=>`No sync ended like this.`,L=()=>`Ninguna sincronización terminó así.`,R=((e={},t={})=>(t.locale??f())===`es`?L(e):I(e)),z=()=>`All`,B=()=>`Todas`,V=((e={},t={})=>(t.locale??f())===`es`?B(e):z(e)),H=o();function U({runs:e}){let{timeZone:t}=r(),i=e=>e.counts.itemsChanged+e.counts.stockChanged,a=Math.max(1,...e.map(i));return(0,H.jsx)(`div`,{className:`runstrip`,"aria-hidden":`true`,children:[...e].reverse().map(e=>(0,H.jsx)(`i`,{className:v[e.state],title:`${n(e.startedAt??e.createdAt,t)}, ${y[e.kind]()}: ${_[e.state]()}`,style:{height:`${15+85*(Math.log1p(i(e))/Math.log1p(a))}%`}},e.id))})}var W=u(`
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
`),G={all:[],failed:[`FAILED`],issues:[`COMPLETED_WITH_ISSUES`],cancelled:[`CANCELLED`]};function K(){let n=t({strict:!1}),r=i(),o=n.tab&&n.tab in G?n.tab:`all`,u=G[o]??[],[f,v]=a({query:W,variables:{...m(n,50),where:u.length>0?{states:u}:null}});return(0,H.jsxs)(H.Fragment,{children:[(0,H.jsx)(c,{title:e(),lead:k()}),(0,H.jsxs)(d,{title:M(),flush:!0,children:[(0,H.jsx)(g,{label:E(),now:o,tabs:[{value:`all`,label:V()},{value:`failed`,label:_.FAILED()},{value:`issues`,label:_.COMPLETED_WITH_ISSUES()},{value:`cancelled`,label:_.CANCELLED()}],to:e=>({tab:e===`all`?void 0:e})}),(0,H.jsx)(l,{result:f,again:v,rows:8,children:({syncRuns:e})=>e.edges.length>0?(0,H.jsxs)(H.Fragment,{children:[(0,H.jsx)(U,{runs:e.edges.map(e=>e.node)}),(0,H.jsx)(x,{runs:e.edges.map(e=>e.node)}),(0,H.jsx)(h,{info:e.pageInfo,text:F({count:e.totalCount,n:p(e.totalCount)}),go:e=>void r({to:`.`,search:{tab:n.tab,...e}})})]}):(0,H.jsx)(`div`,{className:`pad`,children:(0,H.jsx)(s,{icon:`clock`,title:b(),children:o===`all`?S():R()})})})]})]})}export{K as Page};