import{d as e,f as t,i as n,m as r,o as i}from"./Button-DTpzbii0.js";import{r as a}from"./data-BBnnGekE.js";import{c as o,m as s,p as c,r as l,s as u,t as d,v as ee,x as f}from"./Panel-BSITHXaU.js";import{t as p}from"./registry-B1INsJo1.js";var m=e=>`${e?.n} appear`,h=e=>`${e?.n} aparecen`,te=((e,t={})=>(t.locale??i())===`es`?h(e):m(e)),g=()=>`Appearing`,_=()=>`Aparecen`,ne=((e={},t={})=>(t.locale??i())===`es`?_(e):g(e)),v=e=>`${e?.before} → ${e?.after} shown`,re=e=>`${e?.before} → ${e?.after} mostrados`,y=((e,t={})=>(t.locale??i())===`es`?re(e):v(e)),b=()=>`counting…`,x=()=>`contando…`,S=((e={},t={})=>(t.locale??i())===`es`?x(e):b(e)),C=e=>`${e?.n} disappear`,w=e=>`${e?.n} desaparecen`,T=((e,t={})=>(t.locale??i())===`es`?w(e):C(e)),E=()=>`Disappearing`,D=()=>`Desaparecen`,O=((e={},t={})=>(t.locale??i())===`es`?D(e):E(e)),k=()=>`Emptying`,A=()=>`Se agotan`,j=((e={},t={})=>(t.locale??i())===`es`?A(e):k(e)),M=()=>`Change something, and see here what it would do before you save it.`,N=()=>`Cambia algo y mira aquí qué haría antes de guardarlo.`,P=((e={},t={})=>(t.locale??i())===`es`?N(e):M(e)),F=e=>{let t=p(`en`,e?.count,{});return t===`one`?`${e?.n} item would be linked.`:t===`other`?`${e?.n} items would be linked.`:`preview_linking`},I=e=>{let t=p(`es`,e?.count,{});return t===`one`?`Se enlazaría ${e?.n} artículo.`:t===`other`?`Se enlazarían ${e?.n} artículos.`:`preview_linking`},L=((e,t={})=>(t.locale??i())===`es`?I(e):F(e)),R=e=>{let t=p(`en`,e?.count,{});return t===`one`?`${e?.n} price would fall by more than half.`:t===`other`?`${e?.n} prices would fall by more than half.`:`preview_lowering`},z=e=>{let t=p(`es`,e?.count,{});return t===`one`?`${e?.n} precio bajaría más de la mitad.`:t===`other`?`${e?.n} precios bajarían más de la mitad.`:`preview_lowering`},B=((e,t={})=>(t.locale??i())===`es`?z(e):R(e)),V=()=>`No item of this kind.`,H=()=>`Ningún artículo de este tipo.`,U=((e={},t={})=>(t.locale??i())===`es`?H(e):V(e)),W=()=>`Shown now`,G=()=>`Mostrados ahora`,K=((e={},t={})=>(t.locale??i())===`es`?G(e):W(e)),ie=e=>`${e?.n} on hand`,q=e=>`${e?.n} en existencias`,J=((e,t={})=>(t.locale??i())===`es`?q(e):ie(e)),Y=e=>`${e?.n} on order`,ae=e=>`${e?.n} pedidos`,oe=((e,t={})=>(t.locale??i())===`es`?ae(e):Y(e)),se=()=>`Repricing`,ce=()=>`Otro precio`,le=((e={},t={})=>(t.locale??i())===`es`?ce(e):se(e)),ue=e=>`${e?.n} stay`,de=e=>`${e?.n} se quedan`,fe=((e,t={})=>(t.locale??i())===`es`?de(e):ue(e)),pe=()=>`Then`,me=()=>`Después`,he=((e={},t={})=>(t.locale??i())===`es`?me(e):pe(e)),ge=()=>`What this would do`,_e=()=>`Qué haría esto`,X=((e={},t={})=>(t.locale??i())===`es`?_e(e):ge(e)),ve=()=>`nothing is saved yet`,ye=()=>`aún no se ha guardado nada`,be=((e={},t={})=>(t.locale??i())===`es`?ye(e):ve(e)),xe=()=>`Which items`,Se=()=>`Qué artículos`,Z=((e={},t={})=>(t.locale??i())===`es`?Se(e):xe(e)),Q=e();function Ce({preview:e,dirty:t,tab:r,setTab:i,sticky:l}){let{data:f}=a(),{data:p,error:m,stale:h}=e,g=l?`sticky`:``;if(!t)return(0,Q.jsxs)(d,{title:X(),className:g,children:[(0,Q.jsx)(`div`,{className:`nowthen`,children:(0,Q.jsxs)(`p`,{children:[(0,Q.jsx)(`span`,{children:K()}),(0,Q.jsx)(`b`,{children:f?s(f.diagnosisSummary.displayed):`…`})]})}),(0,Q.jsx)(`p`,{className:`muted`,children:P()})]});if(!p)return(0,Q.jsx)(d,{title:X(),className:g,children:m?(0,Q.jsx)(`p`,{className:`t-bad`,children:o(m).message}):(0,Q.jsx)(u,{rows:6})});let _=Math.max(0,p.displayedBefore-p.disappearing),v=[[`APPEARS`,p.appearing,ne(),`ok`],[`DISAPPEARS`,p.disappearing,O(),p.disappearing>0?`bad`:``],[`EMPTIED`,p.emptying,j(),p.emptying>0?`bad`:``],[`REPRICED`,p.repricing,le(),``]];return(0,Q.jsxs)(d,{title:X(),aside:(0,Q.jsx)(`span`,{className:`muted small`,children:h?S():be()}),flush:!0,className:`${g}${h?` stale`:``}`,children:[(0,Q.jsxs)(`div`,{className:`pad24`,children:[(0,Q.jsxs)(`div`,{className:`nowthen`,children:[(0,Q.jsxs)(`p`,{children:[(0,Q.jsx)(`span`,{children:K()}),(0,Q.jsx)(`b`,{children:s(p.displayedBefore)})]}),(0,Q.jsx)(n,{name:`right`}),(0,Q.jsxs)(`p`,{children:[(0,Q.jsx)(`span`,{children:he()}),(0,Q.jsx)(`b`,{children:s(p.displayedAfter)})]}),(0,Q.jsx)(`span`,{className:`net`,children:ee(p.displayedAfter-p.displayedBefore)})]}),(0,Q.jsxs)(`div`,{className:`split`,"aria-hidden":`true`,children:[(0,Q.jsx)(`i`,{className:`stay`,style:{flex:_}}),(0,Q.jsx)(`i`,{className:`app`,style:{flex:p.appearing}}),(0,Q.jsx)(`i`,{className:`dis`,style:{flex:p.disappearing}})]}),(0,Q.jsxs)(`p`,{className:`small legend`,children:[(0,Q.jsx)(`span`,{className:`stay`,children:fe({n:s(_)})}),(0,Q.jsx)(`span`,{className:`app`,children:te({n:s(p.appearing)})}),(0,Q.jsx)(`span`,{className:`dis`,children:T({n:s(p.disappearing)})})]}),p.linking>0&&(0,Q.jsx)(`p`,{className:`small`,children:L({count:p.linking,n:s(p.linking)})}),p.lowering>0&&(0,Q.jsx)(`p`,{className:`small t-bad`,children:B({count:p.lowering,n:s(p.lowering)})})]}),(0,Q.jsx)(`fieldset`,{className:`quad`,"aria-label":Z(),children:v.map(([e,t,n,a])=>(0,Q.jsxs)(`button`,{type:`button`,"aria-pressed":r===e,className:a,onClick:()=>i(e),children:[(0,Q.jsx)(`b`,{children:s(t)}),(0,Q.jsx)(`span`,{children:n})]},e))}),p.items.edges.length>0?(0,Q.jsx)(`ul`,{className:`plist`,children:p.items.edges.map(({node:e})=>(0,Q.jsxs)(`li`,{children:[(0,Q.jsxs)(`div`,{children:[(0,Q.jsx)(`span`,{className:`nm`,children:e.item.description}),(0,Q.jsxs)(`div`,{className:`m`,children:[[e.item.brand,e.item.manufacturerSku].filter(Boolean).join(` · `),r===`DISAPPEARS`&&e.after.reasons.find(e=>e.blocking)&&(0,Q.jsx)(`div`,{children:e.after.reasons.find(e=>e.blocking)?.message})]})]}),(0,Q.jsx)(`div`,{className:`r`,children:r===`REPRICED`&&e.before.price&&e.after.price?(0,Q.jsxs)(`span`,{className:`diff`,children:[(0,Q.jsx)(`del`,{children:c(e.before.price.price)}),(0,Q.jsx)(n,{name:`right`}),(0,Q.jsx)(`ins`,{children:c(e.after.price.price)})]}):(0,Q.jsxs)(Q.Fragment,{children:[e.after.price&&c(e.after.price.price),(0,Q.jsx)(`div`,{className:`m`,children:we(e.item.stock)})]})})]},e.item.id))}):(0,Q.jsx)(`p`,{className:`pad24 muted`,children:U()})]})}function we(e){let t=e.filter(e=>e.location),n=t.reduce((e,t)=>e+Math.max(0,t.onHand),0),r=t.reduce((e,t)=>e+t.onOrder,0);return r>0&&n===0?oe({n:s(r)}):J({n:s(n)})}function Te({preview:e}){let{data:t}=e;return t?(0,Q.jsx)(Q.Fragment,{children:y({before:s(t.displayedBefore),after:s(t.displayedAfter)})}):null}var $=r(t(),1),Ee=l(`
  query Preview($input: PreviewSettingsInput!, $effects: [PreviewEffect!]) {
    previewSettings(input: $input) {
      displayedBefore
      displayedAfter
      appearing
      disappearing
      emptying
      repricing
      linking
      lowering
      acknowledgements
      items(first: 8, where: { effects: $effects }) {
        edges {
          node {
            effects
            item {
              id
              lightspeedItemId
              description
              brand
              manufacturerSku
              stock {
                shop {
                  id
                }
                location {
                  id
                }
                onHand
                onOrder
                available
              }
            }
            before {
              displayed
              price {
                price {
                  amount
                  currencyCode
                }
              }
            }
            after {
              displayed
              price {
                price {
                  amount
                  currencyCode
                }
              }
              reasons {
                code
                blocking
                message
              }
            }
          }
        }
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`);function De(e,t){let n=e?JSON.stringify(e):void 0,[r,i]=(0,$.useState)();(0,$.useEffect)(()=>{if(n===void 0){i(void 0);return}let e=setTimeout(()=>i(n),400);return()=>clearTimeout(e)},[n]);let a=r!==void 0&&n!==void 0,[o]=f({query:Ee,variables:{input:a?JSON.parse(r):{},effects:[t]},pause:!a,requestPolicy:`network-only`});return{data:n===void 0?void 0:o.data?.previewSettings,error:o.error,stale:n!==void 0&&(r!==n||o.fetching||o.stale)}}export{Te as n,Ce as r,De as t};