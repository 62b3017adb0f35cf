import{t as e}from"./link-n6A3hOjd.js";import{d as t,f as n,m as r,o as i,t as a}from"./Button-DTpzbii0.js";import{i as o,m as s,n as c,o as ee,r as l,t as u,x as te}from"./Panel-BSITHXaU.js";import{n as ne,r as d,t as re}from"./Role-B0GmlsWH.js";import{D as ie,q as f}from"./index-D06LnNsL.js";import{t as p}from"./archived-DXpPdHTg.js";import{a as m,r as h}from"./Field-CpxI47NP.js";import{n as g}from"./settings-kqnfWUDf.js";import{n as _,r as v,t as ae}from"./usePreview-CTrzI5wn.js";import{t as oe}from"./setup_go_connect-Cl63hnz0.js";import{t as y}from"./registry-B1INsJo1.js";var b=()=>`Connect at least one store.`,x=()=>`Conecta al menos una tienda.`,se=((e={},t={})=>(t.locale??i())===`es`?x(e):b(e)),S=()=>`Which Lightspeed store belongs to which location of the website, and how much stock stays in the store`,C=()=>`Qué tienda de Lightspeed corresponde a qué tienda del sitio web y cuántas existencias se quedan en ella`,w=((e={},t={})=>(t.locale??i())===`es`?C(e):S(e)),T=()=>`Location on the website`,E=()=>`Tienda en el sitio web`,D=((e={},t={})=>(t.locale??i())===`es`?E(e):T(e)),O=e=>`Location for ${e?.shop}`,k=e=>`Tienda para ${e?.shop}`,A=((e,t={})=>(t.locale??i())===`es`?k(e):O(e)),j=()=>`No locations of the website yet`,M=()=>`Aún no hay tiendas del sitio web`,N=((e={},t={})=>(t.locale??i())===`es`?M(e):j(e)),P=()=>`The website’s platform sends them.`,F=()=>`Las envía la plataforma del sitio web.`,I=((e={},t={})=>(t.locale??i())===`es`?F(e):P(e)),L=()=>`No stores from Lightspeed yet`,R=()=>`Aún no hay tiendas de Lightspeed`,z=((e={},t={})=>(t.locale??i())===`es`?R(e):L(e)),B=()=>`Connect Lightspeed first. Its stores are here seconds later.`,V=()=>`Conecta primero Lightspeed. Sus tiendas aparecen unos segundos después.`,H=((e={},t={})=>(t.locale??i())===`es`?V(e):B(e)),U=()=>`Not connected`,W=()=>`Sin conectar`,G=((e={},t={})=>(t.locale??i())===`es`?W(e):U(e)),K=()=>`Connect Stores`,ce=()=>`Conectar tiendas`,q=((e={},t={})=>(t.locale??i())===`es`?ce(e):K(e)),le=()=>`Connect those`,ue=()=>`Conectarlas`,de=((e={},t={})=>(t.locale??i())===`es`?ue(e):le(e)),fe=e=>{let t=y(`en`,e?.count,{});return t===`one`?`${e?.n} store has a location of the same name`:t===`other`?`${e?.n} stores have a location of the same name`:`stores_proposed`},pe=e=>{let t=y(`es`,e?.count,{});return t===`one`?`${e?.n} tienda tiene una del mismo nombre`:t===`other`?`${e?.n} tiendas tienen una del mismo nombre`:`stores_proposed`},me=((e,t={})=>(t.locale??i())===`es`?pe(e):fe(e)),he=()=>`Look at them, then save.`,ge=()=>`Revísalas y guarda.`,_e=((e={},t={})=>(t.locale??i())===`es`?ge(e):he(e)),ve=()=>`Reserve units`,ye=()=>`Unidades de reserva`,J=((e={},t={})=>(t.locale??i())===`es`?ye(e):ve(e)),be=()=>`Reserve units: so many of each item are left to the store, and only what it has beyond them is sold. 0 = everything on hand may be sold.`,xe=()=>`Unidades de reserva: tantas de cada artículo se quedan en la tienda y solo se vende lo que haya de más. 0 = se puede vender todo.`,Se=((e={},t={})=>(t.locale??i())===`es`?xe(e):be(e)),Ce=e=>`of ${e?.shop}`,we=e=>`de ${e?.shop}`,Te=((e,t={})=>(t.locale??i())===`es`?we(e):Ce(e)),Ee=e=>`${e?.name} (retired)`,De=e=>`${e?.name} (retirada)`,Oe=((e,t={})=>(t.locale??i())===`es`?De(e):Ee(e)),ke=()=>`Store in Lightspeed`,Ae=()=>`Tienda en Lightspeed`,je=((e={},t={})=>(t.locale??i())===`es`?Ae(e):ke(e)),Y=()=>`Enter a whole number, 0 to 1,000,000.`,Me=()=>`Escribe un número entero, de 0 a 1.000.000.`,Ne=((e={},t={})=>(t.locale??i())===`es`?Me(e):Y(e)),X=r(n(),1);function Pe({shops:e,locations:t,storeMappings:n}){let r={};for(let t of e)r[`shop:${t.id}`]=``;for(let{shop:e,location:t}of n.mappings)r[`shop:${e.id}`]=t.id;for(let e of t)r[`reserve:${e.id}`]=String(e.reserveStock);return r}function Z(e){return Object.entries(e).filter(([e,t])=>e.startsWith(`shop:`)&&t!==``).map(([e,t])=>({shopId:e.slice(5),locationId:t}))}function Q(e){return Object.entries(e).filter(([e])=>e.startsWith(`reserve:`)).map(([e,t])=>({locationId:e.slice(8),units:Number(t)}))}var Fe=e=>Object.entries(e).filter(([e,t])=>e.startsWith(`reserve:`)&&!(/^\d{1,7}$/.test(t)&&Number(t)<=1e6)).map(([e])=>e);function Ie({shops:e,locations:t},n){let r=e=>e.trim().toLocaleLowerCase(),i=new Set(Z(n).map(e=>e.locationId)),a={};for(let o of e){if(o.archived||n[`shop:${o.id}`])continue;let s=t.filter(e=>e.active&&r(e.name)===r(o.name)&&!i.has(e.id)),c=e.filter(e=>!e.archived&&r(e.name)===r(o.name));s.length===1&&c.length===1&&s[0]&&(a[`shop:${o.id}`]=s[0].id)}return a}var $=t(),Le=l(`
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
`);function Be(){let[t,n]=te({query:Le}),r=d(Re),i=d(ze),[l,y]=(0,X.useState)(`APPEARS`),b=t.data,x=(0,X.useMemo)(()=>b&&Pe(b),[b]),S=g({saved:x,revision:b?.storeMappings.revision??0,setting:`storeMappings`,acknowledgement:`HIDES_MANY`,reload:()=>n({requestPolicy:`network-only`}),save:async(e,t,{expectedRevision:n,acknowledge:a})=>{let o=n;if(Object.keys(e).some(e=>e.startsWith(`shop:`))){let e=Z(t),n=await r.run({input:{mappings:e,expectedRevision:o,acknowledge:a}});if(!n.ok){let t=t=>e[Number(t)]?.shopId;return{ok:!1,userErrors:n.userErrors.map(e=>t(e.field[1])?{...e,field:[`shop:${t(e.field[1])}`]}:e)}}o=n.data?.setStoreMappings.storeMappings?.revision??o}let s=Q(e);if(s.length===0)return{ok:!0,userErrors:[]};let c=await i.run({input:{locations:s,expectedRevision:o,acknowledge:a}});return{ok:c.ok,userErrors:c.userErrors.map(e=>{let t=e.field[0]===`locations`?s[Number(e.field[1])]?.locationId:void 0;return t?{...e,field:[`reserve:${t}`]}:e})}}}),C=S.value,T=C?Fe(C):[],E=C?Z(C):[],O=Object.keys(S.patch).some(e=>e.startsWith(`shop:`)),k=T.length===0?Q(S.patch):[],j=ae(S.dirty&&T.length===0&&E.length>0?{...O&&{storeMappings:E},...k.length>0&&{reserveStock:k}}:void 0,l),M=b&&C?Ie(b,C):{},P=Object.keys(M).length;return(0,$.jsxs)($.Fragment,{children:[(0,$.jsx)(c,{title:ie(),lead:w()}),(0,$.jsx)(ee,{result:t,again:n,rows:6,children:({shops:t,locations:n})=>{let r=t.filter(e=>!e.archived||C?.[`shop:${e.id}`]);return C?r.length===0||n.length===0?(0,$.jsx)(u,{title:q(),children:(0,$.jsx)(o,{icon:`store`,title:r.length===0?z():N(),act:r.length===0&&(0,$.jsx)(e,{to:`/settings/lightspeed`,className:`btn primary`,children:oe()}),children:r.length===0?H():I()})}):(0,$.jsx)(re,{children:(0,$.jsxs)(`div`,{className:`cols`,children:[(0,$.jsxs)(`div`,{className:`stack`,children:[P>0&&(0,$.jsx)(f,{tone:`info`,title:me({count:P,n:s(P)}),acts:(0,$.jsx)(ne,{children:(0,$.jsx)(a,{look:S.dirty?`plain`:`primary`,onClick:()=>S.set(M),children:de()})}),children:_e()}),(0,$.jsx)(u,{title:q(),flush:!0,children:(0,$.jsxs)(`table`,{className:`list stores`,children:[(0,$.jsx)(`thead`,{children:(0,$.jsxs)(`tr`,{children:[(0,$.jsx)(`th`,{children:je()}),(0,$.jsx)(`th`,{children:D()}),(0,$.jsx)(`th`,{children:J()})]})}),(0,$.jsx)(`tbody`,{children:r.map(e=>{let t=`shop:${e.id}`,r=C[t]??``,i=`reserve:${r}`;return(0,$.jsxs)(`tr`,{children:[(0,$.jsx)(`th`,{scope:`row`,className:`full`,children:e.archived?p({name:e.name}):e.name}),(0,$.jsx)(`td`,{className:`full`,children:(0,$.jsx)(h,{hideLabel:!0,label:A({shop:e.name}),none:G(),value:r,onChange:e=>S.set({[t]:e}),choices:n.filter(e=>e.active||e.id===r).map(e=>({value:e.id,label:e.active?e.name:Oe({name:e.name}),disabled:Object.entries(C).some(([n,r])=>n.startsWith(`shop:`)&&n!==t&&r===e.id)})),changed:S.changed(t),error:S.errors[t]})}),(0,$.jsx)(`td`,{className:`full`,children:r&&(0,$.jsx)(m,{label:(0,$.jsxs)($.Fragment,{children:[(0,$.jsx)(`span`,{className:`only-p`,children:J()}),(0,$.jsxs)(`span`,{className:`sr`,children:[` `,Te({shop:e.name})]})]}),inputMode:`numeric`,value:C[i]??`0`,onChange:e=>S.set({[i]:e}),changed:S.changed(i),error:T.includes(i)?Ne():S.errors[i]})})]},e.id)})})]})}),(0,$.jsx)(`p`,{className:`muted small`,children:Se()}),S.dirty&&E.length===0&&(0,$.jsx)(`p`,{className:`t-bad`,children:se()})]}),(0,$.jsx)(v,{preview:j,dirty:S.dirty,tab:l,setTab:y,sticky:!0})]})}):null}}),S.bar({brief:(0,$.jsx)(_,{preview:j}),problems:T.length+(S.dirty&&E.length===0?1:0)||void 0})]})}export{Be as Page};