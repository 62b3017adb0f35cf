import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{A as t,f as n,ft as r,n as i,o as a,pt as o,r as s,t as ee,w as c}from"./Panel-Bs6JSMci.js";import{n as l,r as u,t as d}from"./Role-CZxjv-ss.js";import{G as f,M as p,m}from"./index-BfxL8WRn.js";import{t as h}from"./archived-CDFl9WyG.js";import{i as g,r as _}from"./Field-B9HP8HGd.js";import{n as te}from"./settings-A60F4096.js";import{o as ne,s as re}from"./data-BdeIav0m.js";import{n as v,r as y,t as b}from"./usePreview-I9BrbhOs.js";var x=()=>`Without one the regular price stays. The dates are set by product.`,S=()=>`Sin ella se mantiene el precio normal. Las fechas se fijan por producto.`,C=((e={},t={})=>(t.locale??c())===`es`?S(e):x(e)),w=()=>`A sale price also needs a Sale Start Date`,T=()=>`Un precio de oferta también necesita una fecha de inicio`,E=((e={},t={})=>(t.locale??c())===`es`?T(e):w(e)),D=()=>`Where the website’s prices come from. It takes effect as soon as you save, without a sync.`,O=()=>`De dónde vienen los precios del sitio web. Se aplica al guardar, sin sincronizar.`,k=((e={},t={})=>(t.locale??c())===`es`?O(e):D(e)),A=()=>`The levels were read from Lightspeed`,j=()=>`Los niveles se leyeron de Lightspeed`,M=((e={},t={})=>(t.locale??c())===`es`?j(e):A(e)),N=()=>`Choose the level that prices come from.`,P=()=>`Elige el nivel del que vienen los precios.`,F=((e={},t={})=>(t.locale??c())===`es`?P(e):N(e)),I=()=>`None: there are no sales`,L=()=>`Ninguno: no hay ofertas`,R=((e={},t={})=>(t.locale??c())===`es`?L(e):I(e)),z=()=>`None is chosen`,B=()=>`Ninguno elegido`,V=((e={},t={})=>(t.locale??c())===`es`?B(e):z(e)),H=()=>`POS pricing`,U=()=>`Precios del TPV`,W=((e={},t={})=>(t.locale??c())===`es`?U(e):H(e)),G=()=>`Read the levels now`,ie=()=>`Leer los niveles ahora`,K=((e={},t={})=>(t.locale??c())===`es`?ie(e):G(e)),q=()=>`Regular Price Level`,J=()=>`Nivel de precio normal`,Y=((e={},t={})=>(t.locale??c())===`es`?J(e):q(e)),ae=()=>`An item without a price here keeps the website’s own.`,oe=()=>`Un artículo sin precio aquí conserva el del sitio web.`,se=((e={},t={})=>(t.locale??c())===`es`?oe(e):ae(e)),ce=()=>`Sale Price Level (optional)`,le=()=>`Nivel de precio de oferta (opcional)`,ue=((e={},t={})=>(t.locale??c())===`es`?le(e):ce(e)),de=()=>`Counts between the sale dates of a product.`,fe=()=>`Vale entre las fechas de oferta de un producto.`,pe=((e={},t={})=>(t.locale??c())===`es`?fe(e):de(e)),me=()=>`This is the regular level too. Choose another, such as Sale, or none.`,he=()=>`También es el nivel normal. Elige otro, como Sale, o ninguno.`,ge=((e={},t={})=>(t.locale??c())===`es`?he(e):me(e)),_e=()=>`Use POS pricing`,ve=()=>`Usar los precios del TPV`,ye=((e={},t={})=>(t.locale??c())===`es`?ve(e):_e(e)),be=()=>`Prices come from your Lightspeed price levels. Off: all prices are the website’s own.`,xe=()=>`Los precios vienen de tus niveles de precio de Lightspeed. Desactivado: todos son los del sitio web.`,Se=((e={},t={})=>(t.locale??c())===`es`?xe(e):be(e)),Ce=()=>`Lightspeed’s lists are being read`,X=()=>`Se están leyendo las listas de Lightspeed`,Z=((e={},t={})=>(t.locale??c())===`es`?X(e):Ce(e)),we=e(o(),1),Q=r(),Te=s(`
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
`),Ee=s(`
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
`);function De(){let[e,r]=t({query:Te}),o=u(Ee),s=u($),[c,x]=(0,we.useState)(`REPRICED`),S=e.data?.pricingSettings,w=te({saved:S&&{enabled:S.enabled,regularPriceLevelId:S.regularPriceLevel?.id??null,salePriceLevelId:S.salePriceLevel?.id??null},revision:S?.revision??0,setting:`pricingSettings`,acknowledgement:`LOWERS_PRICES`,reload:()=>r({requestPolicy:`network-only`}),save:(e,t,n)=>o.run({input:{...e,...n}})}),T=b(w.dirty?{pricingSettings:w.patch}:void 0,c),D=w.value,O=D?.salePriceLevelId&&D.salePriceLevelId===D.regularPriceLevelId?ge():void 0,A=D?.enabled&&!D.regularPriceLevelId?F():void 0,j=(e.data?.priceLevels??[]).map(e=>({value:e.id,label:e.archived?h({name:e.name}):e.name,disabled:e.archived})),N=async()=>{let{ok:e,userErrors:t}=await s.run({});e?ne(Z()):t[0]&&re(t[0].message)};return(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(i,{title:p(),lead:k()}),(0,Q.jsx)(a,{result:e,again:r,rows:6,children:e=>D&&(0,Q.jsx)(d,{children:(0,Q.jsxs)(`div`,{className:`cols even`,children:[(0,Q.jsxs)(`div`,{className:`stack`,children:[(0,Q.jsxs)(ee,{title:W(),children:[(0,Q.jsx)(g,{label:ye(),hint:Se(),value:D.enabled,onChange:e=>w.set({enabled:e}),changed:w.changed(`enabled`),error:w.errors.enabled}),(0,Q.jsxs)(`div`,{className:`fields`,children:[(0,Q.jsx)(_,{label:Y(),hint:se(),none:V(),value:D.regularPriceLevelId??``,onChange:e=>w.set({regularPriceLevelId:e||null}),choices:j,changed:w.changed(`regularPriceLevelId`),error:A??w.errors.regularPriceLevelId}),(0,Q.jsx)(_,{label:ue(),hint:pe(),none:R(),value:D.salePriceLevelId??``,onChange:e=>w.set({salePriceLevelId:e||null}),choices:j,changed:w.changed(`salePriceLevelId`),error:O??w.errors.salePriceLevelId})]}),(0,Q.jsxs)(`p`,{className:`small muted gap`,children:[M(),` `,(0,Q.jsx)(m,{at:e.syncStatus.referenceAsOf,past:!0}),`.`]}),(0,Q.jsx)(l,{children:(0,Q.jsx)(n,{small:!0,icon:`refresh`,busy:s.busy,onClick:()=>void N(),children:K()})})]}),(0,Q.jsx)(f,{tone:`info`,title:E(),children:C()})]}),(0,Q.jsx)(y,{preview:T,dirty:w.dirty,tab:c,setTab:x,sticky:!0})]})})}),w.bar({brief:(0,Q.jsx)(v,{preview:T}),problems:+!!O+ +!!A||void 0})]})}export{De as Page,$ as ReadReferences,Z as t};