import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{t}from"./link-biMhFSWg.js";import{A as n,f as r,ft as i,i as a,n as o,o as s,pt as c,r as l,t as u,w as d,y as ee}from"./Panel-Bs6JSMci.js";import{n as te,r as f,t as ne}from"./Role-CZxjv-ss.js";import{G as re,T as ie}from"./index-BfxL8WRn.js";import{t as p}from"./archived-CDFl9WyG.js";import{a as m,r as h}from"./Field-B9HP8HGd.js";import{n as g}from"./settings-A60F4096.js";import{n as _,r as v,t as y}from"./usePreview-I9BrbhOs.js";import{t as ae}from"./setup_go_connect-CuKvIppw.js";import{t as b}from"./registry-B1INsJo1.js";var x=()=>`Connect at least one store.`,S=()=>`Conecta al menos una tienda.`,oe=((e={},t={})=>(t.locale??d())===`es`?S(e):x(e)),C=()=>`Which Lightspeed store belongs to which location of the website, and how much stock stays in the store`,w=()=>`Qué tienda de Lightspeed corresponde a qué tienda del sitio web y cuántas existencias se quedan en ella`,se=((e={},t={})=>(t.locale??d())===`es`?w(e):C(e)),T=()=>`Location on the website`,E=()=>`Tienda en el sitio web`,D=((e={},t={})=>(t.locale??d())===`es`?E(e):T(e)),O=e=>`Location for ${e?.shop}`,k=e=>`Tienda para ${e?.shop}`,A=((e,t={})=>(t.locale??d())===`es`?k(e):O(e)),j=()=>`No locations of the website yet`,M=()=>`Aún no hay tiendas del sitio web`,N=((e={},t={})=>(t.locale??d())===`es`?M(e):j(e)),P=()=>`The website’s platform sends them.`,F=()=>`Las envía la plataforma del sitio web.`,I=((e={},t={})=>(t.locale??d())===`es`?F(e):P(e)),L=()=>`No stores from Lightspeed yet`,R=()=>`Aún no hay tiendas de Lightspeed`,z=((e={},t={})=>(t.locale??d())===`es`?R(e):L(e)),B=()=>`Connect Lightspeed first. Its stores are here seconds later.`,V=()=>`Conecta primero Lightspeed. Sus tiendas aparecen unos segundos después.`,H=((e={},t={})=>(t.locale??d())===`es`?V(e):B(e)),U=()=>`Not connected`,W=()=>`Sin conectar`,G=((e={},t={})=>(t.locale??d())===`es`?W(e):U(e)),K=()=>`Connect Stores`,ce=()=>`Conectar tiendas`,q=((e={},t={})=>(t.locale??d())===`es`?ce(e):K(e)),le=()=>`Connect those`,ue=()=>`Conectarlas`,de=((e={},t={})=>(t.locale??d())===`es`?ue(e):le(e)),fe=e=>{let t=b(`en`,e?.count,{});return t===`one`?`${e?.n} store has a location of the same name`:t===`other`?`${e?.n} stores have a location of the same name`:`stores_proposed`},pe=e=>{let t=b(`es`,e?.count,{});return t===`one`?`${e?.n} tienda tiene una del mismo nombre`:t===`other`?`${e?.n} tiendas tienen una del mismo nombre`:`stores_proposed`},me=((e,t={})=>(t.locale??d())===`es`?pe(e):fe(e)),he=()=>`Look at them, then save.`,ge=()=>`Revísalas y guarda.`,_e=((e={},t={})=>(t.locale??d())===`es`?ge(e):he(e)),ve=()=>`Reserve units`,ye=()=>`Unidades de reserva`,J=((e={},t={})=>(t.locale??d())===`es`?ye(e):ve(e)),be=()=>`Reserve units: so many of each item are left to the store, and only what it has beyond them is sold. 0 = everything on hand may be sold.`,xe=()=>`Unidades de reserva: tantas de cada artículo se quedan en la tienda y solo se vende lo que haya de más. 0 = se puede vender todo.`,Se=((e={},t={})=>(t.locale??d())===`es`?xe(e):be(e)),Ce=e=>`of ${e?.shop}`,we=e=>`de ${e?.shop}`,Te=((e,t={})=>(t.locale??d())===`es`?we(e):Ce(e)),Ee=e=>`${e?.name} (retired)`,De=e=>`${e?.name} (retirada)`,Oe=((e,t={})=>(t.locale??d())===`es`?De(e):Ee(e)),ke=()=>`Store in Lightspeed`,Ae=()=>`Tienda en Lightspeed`,je=((e={},t={})=>(t.locale??d())===`es`?Ae(e):ke(e)),Y=()=>`Enter a whole number, 0 to 1,000,000.`,Me=()=>`Escribe un número entero, de 0 a 1.000.000.`,Ne=((e={},t={})=>(t.locale??d())===`es`?Me(e):Y(e)),X=e(c(),1);function Pe({shops:e,locations:t,storeMappings:n}){let r={};for(let t of e)r[`shop:${t.id}`]=``;for(let{shop:e,location:t}of n.mappings)r[`shop:${e.id}`]=t.id;for(let e of t)r[`reserve:${e.id}`]=String(e.reserveStock);return r}function Z(e){return Object.entries(e).filter(([e,t])=>e.startsWith(`shop:`)&&t!==``).map(([e,t])=>({shopId:e.slice(5),locationId:t}))}function Q(e){return Object.entries(e).filter(([e])=>e.startsWith(`reserve:`)).map(([e,t])=>({locationId:e.slice(8),units:Number(t)}))}var Fe=e=>Object.entries(e).filter(([e,t])=>e.startsWith(`reserve:`)&&!(/^\d{1,7}$/.test(t)&&Number(t)<=1e6)).map(([e])=>e);function Ie({shops:e,locations:t},n){let r=e=>e.trim().toLocaleLowerCase(),i=new Set(Z(n).map(e=>e.locationId)),a={};for(let o of e){if(o.archived||n[`shop:${o.id}`])continue;let s=t.filter(e=>e.active&&r(e.name)===r(o.name)&&!i.has(e.id)),c=e.filter(e=>!e.archived&&r(e.name)===r(o.name));s.length===1&&c.length===1&&s[0]&&(a[`shop:${o.id}`]=s[0].id)}return a}var $=i(),Le=l(`
  query StoresPage {
    shops {
      id
      name
      archived
    }
    locations {
      id
      name
      active
      reserveStock
    }
    storeMappings {
      revision
      mappings {
        id
        shop {
          id
        }
        location {
          id
        }
      }
    }
  }
`),Re=l(`
  mutation SaveMappings($input: SetStoreMappingsInput!) {
    setStoreMappings(input: $input) {
      storeMappings {
        revision
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),ze=l(`
  mutation SaveReserve($input: UpdateReserveStockInput!) {
    updateReserveStock(input: $input) {
      revision
      userErrors {
        code
        message
        field
      }
    }
  }
`);function Be(){let[e,i]=n({query:Le}),c=f(Re),l=f(ze),[d,b]=(0,X.useState)(`APPEARS`),x=e.data,S=(0,X.useMemo)(()=>x&&Pe(x),[x]),C=g({saved:S,revision:x?.storeMappings.revision??0,setting:`storeMappings`,acknowledgement:`HIDES_MANY`,reload:()=>i({requestPolicy:`network-only`}),save:async(e,t,{expectedRevision:n,acknowledge:r})=>{let i=n;if(Object.keys(e).some(e=>e.startsWith(`shop:`))){let e=Z(t),n=await c.run({input:{mappings:e,expectedRevision:i,acknowledge:r}});if(!n.ok){let t=t=>e[Number(t)]?.shopId;return{ok:!1,userErrors:n.userErrors.map(e=>t(e.field[1])?{...e,field:[`shop:${t(e.field[1])}`]}:e)}}i=n.data?.setStoreMappings.storeMappings?.revision??i}let a=Q(e);if(a.length===0)return{ok:!0,userErrors:[]};let o=await l.run({input:{locations:a,expectedRevision:i,acknowledge:r}});return{ok:o.ok,userErrors:o.userErrors.map(e=>{let t=e.field[0]===`locations`?a[Number(e.field[1])]?.locationId:void 0;return t?{...e,field:[`reserve:${t}`]}:e})}}}),w=C.value,T=w?Fe(w):[],E=w?Z(w):[],O=Object.keys(C.patch).some(e=>e.startsWith(`shop:`)),k=T.length===0?Q(C.patch):[],j=y(C.dirty&&T.length===0&&E.length>0?{...O&&{storeMappings:E},...k.length>0&&{reserveStock:k}}:void 0,d),M=x&&w?Ie(x,w):{},P=Object.keys(M).length;return(0,$.jsxs)($.Fragment,{children:[(0,$.jsx)(o,{title:ie(),lead:se()}),(0,$.jsx)(s,{result:e,again:i,rows:6,children:({shops:e,locations:n})=>{let i=e.filter(e=>!e.archived||w?.[`shop:${e.id}`]);return w?i.length===0||n.length===0?(0,$.jsx)(u,{title:q(),children:(0,$.jsx)(a,{icon:`store`,title:i.length===0?z():N(),act:i.length===0&&(0,$.jsx)(t,{to:`/settings/lightspeed`,className:`btn primary`,children:ae()}),children:i.length===0?H():I()})}):(0,$.jsx)(ne,{children:(0,$.jsxs)(`div`,{className:`cols`,children:[(0,$.jsxs)(`div`,{className:`stack`,children:[P>0&&(0,$.jsx)(re,{tone:`info`,title:me({count:P,n:ee(P)}),acts:(0,$.jsx)(te,{children:(0,$.jsx)(r,{look:C.dirty?`plain`:`primary`,onClick:()=>C.set(M),children:de()})}),children:_e()}),(0,$.jsx)(u,{title:q(),flush:!0,children:(0,$.jsxs)(`table`,{className:`list stores`,children:[(0,$.jsx)(`thead`,{children:(0,$.jsxs)(`tr`,{children:[(0,$.jsx)(`th`,{children:je()}),(0,$.jsx)(`th`,{children:D()}),(0,$.jsx)(`th`,{children:J()})]})}),(0,$.jsx)(`tbody`,{children:i.map(e=>{let t=`shop:${e.id}`,r=w[t]??``,i=`reserve:${r}`;return(0,$.jsxs)(`tr`,{children:[(0,$.jsx)(`th`,{scope:`row`,className:`full`,children:e.archived?p({name:e.name}):e.name}),(0,$.jsx)(`td`,{className:`full`,children:(0,$.jsx)(h,{hideLabel:!0,label:A({shop:e.name}),none:G(),value:r,onChange:e=>C.set({[t]:e}),choices:n.filter(e=>e.active||e.id===r).map(e=>({value:e.id,label:e.active?e.name:Oe({name:e.name}),disabled:Object.entries(w).some(([n,r])=>n.startsWith(`shop:`)&&n!==t&&r===e.id)})),changed:C.changed(t),error:C.errors[t]})}),(0,$.jsx)(`td`,{className:`full`,children:r&&(0,$.jsx)(m,{label:(0,$.jsxs)($.Fragment,{children:[(0,$.jsx)(`span`,{className:`only-p`,children:J()}),(0,$.jsxs)(`span`,{className:`sr`,children:[` `,Te({shop:e.name})]})]}),inputMode:`numeric`,value:w[i]??`0`,onChange:e=>C.set({[i]:e}),changed:C.changed(i),error:T.includes(i)?Ne():C.errors[i]})})]},e.id)})})]})}),(0,$.jsx)(`p`,{className:`muted small`,children:Se()}),C.dirty&&E.length===0&&(0,$.jsx)(`p`,{className:`t-bad`,children:oe()})]}),(0,$.jsx)(v,{preview:j,dirty:C.dirty,tab:d,setTab:b,sticky:!0})]})}):null}}),C.bar({brief:(0,$.jsx)(_,{preview:j}),problems:T.length+(C.dirty&&E.length===0?1:0)||void 0})]})}export{Be as Page};