import{t as e}from"./link-n6A3hOjd.js";import{d as t,f as n,m as r,o as i,t as a}from"./Button-DTpzbii0.js";import{n as o,o as ee,r as s,t as c,x as l}from"./Panel-BSITHXaU.js";import{n as u,r as d,t as f}from"./Role-B0GmlsWH.js";import{P as p,R as m,g as h,q as te}from"./index-D06LnNsL.js";import{t as ne}from"./archived-DXpPdHTg.js";import{i as re,r as g}from"./Field-CpxI47NP.js";import{n as _}from"./settings-kqnfWUDf.js";import{o as v,s as y}from"./data-BBnnGekE.js";import{n as b,r as x,t as S}from"./usePreview-CTrzI5wn.js";var C=()=>`Without one the regular price stays. The dates are set by product.`,w=()=>`Sin ella se mantiene el precio normal. Las fechas se fijan por producto.`,T=((e={},t={})=>(t.locale??i())===`es`?w(e):C(e)),E=()=>`A sale price also needs a Sale Start Date`,D=()=>`Un precio de oferta también necesita una fecha de inicio`,O=((e={},t={})=>(t.locale??i())===`es`?D(e):E(e)),k=()=>`Where the website’s prices come from. It takes effect as soon as you save, without a sync.`,A=()=>`De dónde vienen los precios del sitio web. Se aplica al guardar, sin sincronizar.`,j=((e={},t={})=>(t.locale??i())===`es`?A(e):k(e)),M=()=>`The levels were read from Lightspeed`,N=()=>`Los niveles se leyeron de Lightspeed`,P=((e={},t={})=>(t.locale??i())===`es`?N(e):M(e)),F=()=>`Choose the level that prices come from.`,I=()=>`Elige el nivel del que vienen los precios.`,L=((e={},t={})=>(t.locale??i())===`es`?I(e):F(e)),R=()=>`None: there are no sales`,z=()=>`Ninguno: no hay ofertas`,B=((e={},t={})=>(t.locale??i())===`es`?z(e):R(e)),V=()=>`None is chosen`,H=()=>`Ninguno elegido`,U=((e={},t={})=>(t.locale??i())===`es`?H(e):V(e)),W=()=>`POS pricing`,ie=()=>`Precios del TPV`,G=((e={},t={})=>(t.locale??i())===`es`?ie(e):W(e)),K=()=>`Read the levels now`,q=()=>`Leer los niveles ahora`,J=((e={},t={})=>(t.locale??i())===`es`?q(e):K(e)),Y=()=>`Regular Price Level`,ae=()=>`Nivel de precio normal`,oe=((e={},t={})=>(t.locale??i())===`es`?ae(e):Y(e)),se=()=>`An item without a price here keeps the website’s own.`,ce=()=>`Un artículo sin precio aquí conserva el del sitio web.`,le=((e={},t={})=>(t.locale??i())===`es`?ce(e):se(e)),ue=()=>`Sale Price Level (optional)`,de=()=>`Nivel de precio de oferta (opcional)`,fe=((e={},t={})=>(t.locale??i())===`es`?de(e):ue(e)),pe=()=>`Counts between the sale dates of a product.`,me=()=>`Vale entre las fechas de oferta de un producto.`,he=((e={},t={})=>(t.locale??i())===`es`?me(e):pe(e)),ge=()=>`This is the regular level too. Choose another, such as Sale, or none.`,_e=()=>`También es el nivel normal. Elige otro, como Sale, o ninguno.`,ve=((e={},t={})=>(t.locale??i())===`es`?_e(e):ge(e)),ye=()=>`Use POS pricing`,be=()=>`Usar los precios del TPV`,xe=((e={},t={})=>(t.locale??i())===`es`?be(e):ye(e)),Se=()=>`Prices come from your Lightspeed price levels. Off: all prices are the website’s own.`,Ce=()=>`Los precios vienen de tus niveles de precio de Lightspeed. Desactivado: todos son los del sitio web.`,X=((e={},t={})=>(t.locale??i())===`es`?Ce(e):Se(e)),we=()=>`Lightspeed’s lists are being read`,Te=()=>`Se están leyendo las listas de Lightspeed`,Z=((e={},t={})=>(t.locale??i())===`es`?Te(e):we(e)),Ee=r(n(),1),Q=t(),De=s(`
  query PricesPage {
    pricingSettings {
      revision
      enabled
      regularPriceLevel {
        id
        name
        archived
      }
      salePriceLevel {
        id
        name
        archived
      }
    }
    priceLevels {
      id
      name
      archived
    }
    syncStatus {
      sequence
      referenceAsOf
    }
  }
`),Oe=s(`
  mutation SavePrices($input: UpdatePricingSettingsInput!) {
    updatePricingSettings(input: $input) {
      pricingSettings {
        revision
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),$=s(`
  mutation ReadReferences {
    refreshReferenceData {
      syncRun {
        id
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`);function ke(){let[t,n]=l({query:De}),r=d(Oe),i=d($),[s,C]=(0,Ee.useState)(`REPRICED`),w=t.data?.pricingSettings,E=_({saved:w&&{enabled:w.enabled,regularPriceLevelId:w.regularPriceLevel?.id??null,salePriceLevelId:w.salePriceLevel?.id??null},revision:w?.revision??0,setting:`pricingSettings`,acknowledgement:`LOWERS_PRICES`,reload:()=>n({requestPolicy:`network-only`}),save:(e,t,n)=>r.run({input:{...e,...n}})}),D=S(E.dirty?{pricingSettings:E.patch}:void 0,s),k=E.value,A=k?.salePriceLevelId&&k.salePriceLevelId===k.regularPriceLevelId?ve():void 0,M=k?.enabled&&!k.regularPriceLevelId?L():void 0,N=(t.data?.priceLevels??[]).map(e=>({value:e.id,label:e.archived?ne({name:e.name}):e.name,disabled:e.archived})),F=async()=>{let{ok:e,userErrors:t}=await i.run({});e?v(Z()):t[0]&&y(t[0].message)};return(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(o,{title:p(),lead:j()}),(0,Q.jsx)(ee,{result:t,again:n,rows:6,children:t=>k&&(0,Q.jsx)(f,{children:(0,Q.jsxs)(`div`,{className:`cols even`,children:[(0,Q.jsxs)(`div`,{className:`stack`,children:[(0,Q.jsxs)(c,{title:G(),children:[(0,Q.jsx)(re,{label:xe(),hint:X(),value:k.enabled,onChange:e=>E.set({enabled:e}),changed:E.changed(`enabled`),error:E.errors.enabled}),(0,Q.jsxs)(`div`,{className:`fields`,children:[(0,Q.jsx)(g,{label:oe(),hint:le(),none:U(),value:k.regularPriceLevelId??``,onChange:e=>E.set({regularPriceLevelId:e||null}),choices:N,changed:E.changed(`regularPriceLevelId`),error:M??E.errors.regularPriceLevelId}),(0,Q.jsx)(g,{label:fe(),hint:he(),none:B(),value:k.salePriceLevelId??``,onChange:e=>E.set({salePriceLevelId:e||null}),choices:N,changed:E.changed(`salePriceLevelId`),error:A??E.errors.salePriceLevelId})]}),(0,Q.jsxs)(`p`,{className:`small muted gap`,children:[P(),` `,(0,Q.jsx)(h,{at:t.syncStatus.referenceAsOf,past:!0}),`.`]}),(0,Q.jsx)(u,{children:(0,Q.jsx)(a,{small:!0,icon:`refresh`,busy:i.busy,onClick:()=>void F(),children:J()})})]}),(0,Q.jsx)(te,{tone:`info`,title:O(),acts:(0,Q.jsx)(e,{to:`/catalog/items`,className:`btn`,children:m()}),children:T()})]}),(0,Q.jsx)(x,{preview:D,dirty:E.dirty,tab:s,setTab:C,sticky:!0})]})})}),E.bar({brief:(0,Q.jsx)(b,{preview:D}),problems:+!!A+ +!!M||void 0})]})}export{ke as Page,$ as ReadReferences,Z as t};