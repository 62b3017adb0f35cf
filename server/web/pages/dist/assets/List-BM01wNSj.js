import{S as e,u as t,x as n}from"./index-CXD-b8-v.js";import{D as r,_ as i,i as a,lt as o,n as s,o as c,r as l,t as u,x as d}from"./Panel-DRf5dISN.js";import{n as f,t as p}from"./Pager-DfkWXK0P.js";import{t as m}from"./link-CdbovNBS.js";import{t as h}from"./Pill-B3O5al66.js";import{f as g}from"./documents-BjnLaOtO.js";import{i as _,n as v,r as y}from"./RecentRuns-YfbxbeNK.js";import{t as b}from"./registry-B1INsJo1.js";var x=()=>`Which syncs`,S=()=>`Qué sincronizaciones`,C=((e={},t={})=>(t.locale??d())===`es`?S(e):x(e)),w=()=>`What was read from Lightspeed, when, and what it changed`,T=()=>`Qué se leyó de Lightspeed, cuándo y qué cambió`,E=((e={},t={})=>(t.locale??d())===`es`?T(e):w(e)),D=()=>`Syncs, newest first`,O=()=>`Sincronizaciones, las últimas primero`,k=((e={},t={})=>(t.locale??d())===`es`?O(e):D(e)),A=e=>{let t=b(`en`,e?.count,{});return t===`one`?`${e?.n} sync`:t===`other`?`${e?.n} syncs`:`runs_n`},j=e=>{let t=b(`es`,e?.count,{});return t===`one`?`${e?.n} sincronización`:t===`other`?`${e?.n} sincronizaciones`:`runs_n`},M=((e,t={})=>(t.locale??d())===`es`?j(e):A(e)),N=()=>`No sync ended like this.`,P=()=>`Ninguna sincronización terminó así.`,F=((e={},t={})=>(t.locale??d())===`es`?P(e):N(e)),I=()=>`All`,L=()=>`Todas`,R=((e={},t={})=>(t.locale??d())===`es`?L(e):I(e)),z=o();function B({label:e,tabs:t,now:n,to:r}){return(0,z.jsx)(`nav`,{className:`tabs`,"aria-label":e,children:t.map(e=>(0,z.jsxs)(m,{to:`.`,search:r(e.value),"aria-current":e.value===n?`page`:void 0,children:[e.label,e.count!==void 0&&(0,z.jsx)(h,{value:e.count,tone:e.tone===`plain`?``:e.tone})]},e.value))})}var V=l(`
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
`),H={all:[],failed:[`FAILED`],issues:[`COMPLETED_WITH_ISSUES`],cancelled:[`CANCELLED`]};function U(){let o=e({strict:!1}),l=n(),d=o.tab&&o.tab in H?o.tab:`all`,m=H[d]??[],[h,b]=r({query:V,variables:{...f(o,50),where:m.length>0?{states:m}:null}});return(0,z.jsxs)(z.Fragment,{children:[(0,z.jsx)(s,{title:t(),lead:E()}),(0,z.jsxs)(u,{title:k(),flush:!0,children:[(0,z.jsx)(B,{label:C(),now:d,tabs:[{value:`all`,label:R()},{value:`failed`,label:g.FAILED()},{value:`issues`,label:g.COMPLETED_WITH_ISSUES()},{value:`cancelled`,label:g.CANCELLED()}],to:e=>({tab:e===`all`?void 0:e})}),(0,z.jsx)(c,{result:h,again:b,rows:8,children:({syncRuns:e})=>e.edges.length>0?(0,z.jsxs)(z.Fragment,{children:[(0,z.jsx)(v,{runs:e.edges.map(e=>e.node)}),(0,z.jsx)(p,{info:e.pageInfo,text:M({count:e.totalCount,n:i(e.totalCount)}),go:e=>void l({to:`.`,search:{tab:o.tab,...e}})})]}):(0,z.jsx)(`div`,{className:`pad`,children:(0,z.jsx)(a,{icon:`clock`,title:_(),children:d===`all`?y():F()})})})]})]})}export{U as Page};