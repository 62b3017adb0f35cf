import{M as e,X as t,Y as n,_ as r,w as i}from"./index-D06LnNsL.js";import{i as a,m as o,n as s,o as c,r as l,t as u,x as d}from"./Panel-BSITHXaU.js";import{n as f,t as p}from"./Pager-BknfrRj8.js";import{t as m}from"./Tabs-DfhsL-cm.js";import{a as h,i as g,n as _}from"./runs-DexPKldb.js";import"./documents-UIJrkTqS.js";import{i as v,n as y,r as b}from"./RecentRuns-Bs1KTNdc.js";import{d as x,o as S}from"./Button-DTpzbii0.js";import{t as C}from"./registry-B1INsJo1.js";var w=()=>`Which syncs`,T=()=>`Qué sincronizaciones`,E=((e={},t={})=>(t.locale??S())===`es`?T(e):w(e)),D=()=>`What was read from Lightspeed, when, and what it changed`,O=()=>`Qué se leyó de Lightspeed, cuándo y qué cambió`,k=((e={},t={})=>(t.locale??S())===`es`?O(e):D(e)),A=()=>`Syncs, newest first`,j=()=>`Sincronizaciones, las últimas primero`,M=((e={},t={})=>(t.locale??S())===`es`?j(e):A(e)),N=e=>{let t=C(`en`,e?.count,{});return t===`one`?`${e?.n} sync`:t===`other`?`${e?.n} syncs`:`runs_n`},P=e=>{let t=C(`es`,e?.count,{});return t===`one`?`${e?.n} sincronización`:t===`other`?`${e?.n} sincronizaciones`:`runs_n`},F=((e,t={})=>(t.locale??S())===`es`?P(e):N(e)),I=()=>`No sync ended like this.`,L=()=>`Ninguna sincronización terminó así.`,R=((e={},t={})=>(t.locale??S())===`es`?L(e):I(e)),z=()=>`All`,B=()=>`Todas`,V=((e={},t={})=>(t.locale??S())===`es`?B(e):z(e)),H=x();function U({runs:e}){let{timeZone:t}=r(),n=e=>e.counts.itemsChanged+e.counts.stockChanged,a=Math.max(1,...e.map(n));return(0,H.jsx)(`div`,{className:`runstrip`,"aria-hidden":`true`,children:[...e].reverse().map(e=>(0,H.jsx)(`i`,{className:g[e.state],title:`${i(e.startedAt??e.createdAt,t)}, ${_[e.kind]()}: ${h[e.state]()}`,style:{height:`${15+85*(Math.log1p(n(e))/Math.log1p(a))}%`}},e.id))})}var W=l(`
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
`),G={all:[],failed:[`FAILED`],issues:[`COMPLETED_WITH_ISSUES`],cancelled:[`CANCELLED`]};function K(){let r=t({strict:!1}),i=n(),l=r.tab&&r.tab in G?r.tab:`all`,g=G[l]??[],[_,x]=d({query:W,variables:{...f(r,50),where:g.length>0?{states:g}:null}});return(0,H.jsxs)(H.Fragment,{children:[(0,H.jsx)(s,{title:e(),lead:k()}),(0,H.jsxs)(u,{title:M(),flush:!0,children:[(0,H.jsx)(m,{label:E(),now:l,tabs:[{value:`all`,label:V()},{value:`failed`,label:h.FAILED()},{value:`issues`,label:h.COMPLETED_WITH_ISSUES()},{value:`cancelled`,label:h.CANCELLED()}],to:e=>({tab:e===`all`?void 0:e})}),(0,H.jsx)(c,{result:_,again:x,rows:8,children:({syncRuns:e})=>e.edges.length>0?(0,H.jsxs)(H.Fragment,{children:[(0,H.jsx)(U,{runs:e.edges.map(e=>e.node)}),(0,H.jsx)(y,{runs:e.edges.map(e=>e.node)}),(0,H.jsx)(p,{info:e.pageInfo,text:F({count:e.totalCount,n:o(e.totalCount)}),go:e=>void i({to:`.`,search:{tab:r.tab,...e}})})]}):(0,H.jsx)(`div`,{className:`pad`,children:(0,H.jsx)(a,{icon:`clock`,title:v(),children:l===`all`?b():R()})})})]})]})}export{K as Page};