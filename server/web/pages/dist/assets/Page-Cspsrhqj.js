import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{D as t,f as n,lt as r,n as i,o as a,r as o,t as s,ut as c,x as l}from"./Panel-DRf5dISN.js";import{n as u,r as d,t as f}from"./Role-BnRZNCdf.js";import{b as p,d as m}from"./index-CXD-b8-v.js";import{n as h,r as g}from"./Field-8bPxKKNT.js";import{t as _}from"./archived-CwYN-_2R.js";import{t as v}from"./settings-B0xzkqUk.js";import{n as ee}from"./Time-EukUvmKZ.js";import{o as te,s as ne}from"./data-BdZbc3lM.js";import{n as y,r as b,t as x}from"./usePreview-DyKkMBrb.js";var S=()=>`Without one the regular price stays. The dates are set by product.`,C=()=>`Sin ella se mantiene el precio normal. Las fechas se fijan por producto.`,w=((e={},t={})=>(t.locale??l())===`es`?C(e):S(e)),T=()=>`A sale price also needs a Sale Start Date`,E=()=>`Un precio de oferta también necesita una fecha de inicio`,D=((e={},t={})=>(t.locale??l())===`es`?E(e):T(e)),O=()=>`Where the website’s prices come from. It takes effect as soon as you save, without a sync.`,k=()=>`De dónde vienen los precios del sitio web. Se aplica al guardar, sin sincronizar.`,A=((e={},t={})=>(t.locale??l())===`es`?k(e):O(e)),j=()=>`The levels were read from Lightspeed`,M=()=>`Los niveles se leyeron de Lightspeed`,N=((e={},t={})=>(t.locale??l())===`es`?M(e):j(e)),P=()=>`Choose the level that prices come from.`,F=()=>`Elige el nivel del que vienen los precios.`,I=((e={},t={})=>(t.locale??l())===`es`?F(e):P(e)),L=()=>`None: there are no sales`,R=()=>`Ninguno: no hay ofertas`,z=((e={},t={})=>(t.locale??l())===`es`?R(e):L(e)),B=()=>`None is chosen`,V=()=>`Ninguno elegido`,H=((e={},t={})=>(t.locale??l())===`es`?V(e):B(e)),U=()=>`POS pricing`,W=()=>`Precios del TPV`,G=((e={},t={})=>(t.locale??l())===`es`?W(e):U(e)),K=()=>`Read the levels now`,re=()=>`Leer los niveles ahora`,q=((e={},t={})=>(t.locale??l())===`es`?re(e):K(e)),J=()=>`Regular Price Level`,Y=()=>`Nivel de precio normal`,X=((e={},t={})=>(t.locale??l())===`es`?Y(e):J(e)),ie=()=>`An item without a price here keeps the website’s own.`,ae=()=>`Un artículo sin precio aquí conserva el del sitio web.`,oe=((e={},t={})=>(t.locale??l())===`es`?ae(e):ie(e)),se=()=>`Sale Price Level (optional)`,ce=()=>`Nivel de precio de oferta (opcional)`,le=((e={},t={})=>(t.locale??l())===`es`?ce(e):se(e)),ue=()=>`Counts between the sale dates of a product.`,de=()=>`Vale entre las fechas de oferta de un producto.`,fe=((e={},t={})=>(t.locale??l())===`es`?de(e):ue(e)),pe=()=>`This is the regular level too. Choose another, such as Sale, or none.`,me=()=>`También es el nivel normal. Elige otro, como Sale, o ninguno.`,he=((e={},t={})=>(t.locale??l())===`es`?me(e):pe(e)),ge=()=>`Use POS pricing`,_e=()=>`Usar los precios del TPV`,ve=((e={},t={})=>(t.locale??l())===`es`?_e(e):ge(e)),ye=()=>`Prices come from your Lightspeed price levels. Off: all prices are the website’s own.`,be=()=>`Los precios vienen de tus niveles de precio de Lightspeed. Desactivado: todos son los del sitio web.`,xe=((e={},t={})=>(t.locale??l())===`es`?be(e):ye(e)),Se=()=>`Lightspeed’s lists are being read`,Ce=()=>`Se están leyendo las listas de Lightspeed`,Z=((e={},t={})=>(t.locale??l())===`es`?Ce(e):Se(e)),we=e(c(),1),Q=r(),Te=o(`
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
`),Ee=o(`
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
`),$=o(`
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
`);function De(){let[e,r]=t({query:Te}),o=d(Ee),c=d($),[l,S]=(0,we.useState)(`REPRICED`),C=e.data?.pricingSettings,T=v({saved:C&&{enabled:C.enabled,regularPriceLevelId:C.regularPriceLevel?.id??null,salePriceLevelId:C.salePriceLevel?.id??null},revision:C?.revision??0,setting:`pricingSettings`,acknowledgement:`LOWERS_PRICES`,reload:()=>r({requestPolicy:`network-only`}),save:(e,t,n)=>o.run({input:{...e,...n}})}),E=x(T.dirty?{pricingSettings:T.patch}:void 0,l),O=T.value,k=O?.salePriceLevelId&&O.salePriceLevelId===O.regularPriceLevelId?he():void 0,j=O?.enabled&&!O.regularPriceLevelId?I():void 0,M=(e.data?.priceLevels??[]).map(e=>({value:e.id,label:e.archived?_({name:e.name}):e.name,disabled:e.archived})),P=async()=>{let{ok:e,userErrors:t}=await c.run({});e?te(Z()):t[0]&&ne(t[0].message)};return(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(i,{title:m(),lead:A()}),(0,Q.jsx)(a,{result:e,again:r,rows:6,children:e=>O&&(0,Q.jsx)(f,{children:(0,Q.jsxs)(`div`,{className:`cols even`,children:[(0,Q.jsxs)(`div`,{className:`stack`,children:[(0,Q.jsxs)(s,{title:G(),children:[(0,Q.jsx)(g,{label:ve(),hint:xe(),value:O.enabled,onChange:e=>T.set({enabled:e}),changed:T.changed(`enabled`),error:T.errors.enabled}),(0,Q.jsxs)(`div`,{className:`fields`,children:[(0,Q.jsx)(h,{label:X(),hint:oe(),none:H(),value:O.regularPriceLevelId??``,onChange:e=>T.set({regularPriceLevelId:e||null}),choices:M,changed:T.changed(`regularPriceLevelId`),error:j??T.errors.regularPriceLevelId}),(0,Q.jsx)(h,{label:le(),hint:fe(),none:z(),value:O.salePriceLevelId??``,onChange:e=>T.set({salePriceLevelId:e||null}),choices:M,changed:T.changed(`salePriceLevelId`),error:k??T.errors.salePriceLevelId})]}),(0,Q.jsxs)(`p`,{className:`small muted gap`,children:[N(),` `,(0,Q.jsx)(ee,{at:e.syncStatus.referenceAsOf,past:!0}),`.`]}),(0,Q.jsx)(u,{children:(0,Q.jsx)(n,{small:!0,icon:`refresh`,busy:c.busy,onClick:()=>void P(),children:q()})})]}),(0,Q.jsx)(p,{tone:`info`,title:D(),children:w()})]}),(0,Q.jsx)(b,{preview:E,dirty:T.dirty,tab:l,setTab:S,sticky:!0})]})})}),T.bar({brief:(0,Q.jsx)(y,{preview:E}),problems:+!!k+ +!!j||void 0})]})}export{De as Page,$ as ReadReferences,Z as t};