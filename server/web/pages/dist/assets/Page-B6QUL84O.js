import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{t}from"./link-biMhFSWg.js";import{A as n,f as r,ft as i,i as a,n as o,o as ee,pt as s,r as c,t as l,w as u,y as d}from"./Panel-Bs6JSMci.js";import{n as f,r as p}from"./Role-CZxjv-ss.js";import{D as te,G as ne,I as re,L as ie,M as ae,N as m,R as h,j as g}from"./index-BfxL8WRn.js";import{o as _,r as v,s as y}from"./data-BdeIav0m.js";import{t as b}from"./runs-CKIzMmKv.js";import{i as x,n as S,t as C}from"./useSyncNow-BTCHYpEc.js";import{d as w,l as T,n as E,u as D}from"./reasons-B_PKTY9B.js";import{t as O}from"./registry-B1INsJo1.js";var k=()=>`Items`,A=()=>`Artículos`,j=((e={},t={})=>(t.locale??u())===`es`?A(e):k(e)),M=()=>`Go live`,N=()=>`Publicar`,P=((e={},t={})=>(t.locale??u())===`es`?N(e):M(e)),F=()=>`You go live once. Later you can hide items by the rules of What is shown, and pause the exports of orders.`,I=()=>`Se publica una sola vez. Más tarde puede ocultar artículos con las reglas de Qué se muestra y pausar la exportación de pedidos.`,L=((e={},t={})=>(t.locale??u())===`es`?I(e):F(e)),R=()=>`How many`,z=()=>`Cuántos`,B=((e={},t={})=>(t.locale??u())===`es`?z(e):R(e)),V=()=>`Look closer`,H=()=>`Ver más`,U=((e={},t={})=>(t.locale??u())===`es`?H(e):V(e)),W=()=>`Found`,G=()=>`Encontrado`,K=((e={},t={})=>(t.locale??u())===`es`?G(e):W(e)),q=()=>`Your site is live, but something stops it`,J=()=>`Su sitio está publicado, pero algo lo detiene`,oe=((e={},t={})=>(t.locale??u())===`es`?J(e):q(e)),se=()=>`The sync status says what has to be done.`,ce=()=>`El estado de la sincronización dice qué hay que hacer.`,le=((e={},t={})=>(t.locale??u())===`es`?ce(e):se(e)),ue=()=>`The website shows what the table says, and follows Lightspeed.`,de=()=>`El sitio web muestra lo que dice la tabla y sigue a Lightspeed.`,fe=((e={},t={})=>(t.locale??u())===`es`?de(e):ue(e)),pe=()=>`Your site is live`,me=()=>`Su sitio está publicado`,Y=((e={},t={})=>(t.locale??u())===`es`?me(e):pe(e)),he=()=>`What the first sync found`,ge=()=>`Qué ha encontrado la primera sincronización`,_e=((e={},t={})=>(t.locale??u())===`es`?ge(e):he(e)),ve=()=>`Items that are not shown`,ye=()=>`Artículos que no se muestran`,be=((e={},t={})=>(t.locale??u())===`es`?ye(e):ve(e)),xe=()=>`The reasons are below. Many are right as they are, such as items without stock.`,Se=()=>`Los motivos están abajo. Muchos son correctos, como los artículos sin existencias.`,Ce=((e={},t={})=>(t.locale??u())===`es`?Se(e):xe(e)),we=()=>`The last step of set-up: look at what the first sync found, then switch the website on.`,Te=()=>`El último paso de la configuración: mire qué ha encontrado la primera sincronización y active el sitio web.`,Ee=((e={},t={})=>(t.locale??u())===`es`?Te(e):we(e)),De=()=>`Some steps of set-up are left. They are listed below.`,Oe=()=>`Faltan pasos de la configuración. Están en la lista de abajo.`,ke=((e={},t={})=>(t.locale??u())===`es`?Oe(e):De(e)),Ae=()=>`What the website has from Lightspeed`,je=()=>`Qué tiene el sitio web de Lightspeed`,Me=((e={},t={})=>(t.locale??u())===`es`?je(e):Ae(e)),Ne=()=>`Orders ready for Lightspeed`,Pe=()=>`Pedidos listos para Lightspeed`,Fe=((e={},t={})=>(t.locale??u())===`es`?Pe(e):Ne(e)),Ie=()=>`They are exported when you ask for it on the orders page, or by the rules under Order exporting.`,Le=()=>`Se exportan cuando usted lo pide en la página de pedidos o según las reglas de Exportación de pedidos.`,Re=((e={},t={})=>(t.locale??u())===`es`?Le(e):Ie(e)),ze=()=>`Order exporting is off. They wait until you switch it on.`,Be=()=>`La exportación de pedidos está desactivada. Esperan hasta que la active.`,Ve=((e={},t={})=>(t.locale??u())===`es`?Be(e):ze(e)),He=()=>`Products with another price`,Ue=()=>`Productos con otro precio`,We=((e={},t={})=>(t.locale??u())===`es`?Ue(e):He(e)),Ge=()=>`Their price comes from Lightspeed and is not the website’s own.`,Ke=()=>`Su precio viene de Lightspeed y no es el del sitio web.`,qe=((e={},t={})=>(t.locale??u())===`es`?Ke(e):Ge(e)),Je=()=>`The website keeps its own prices, because POS pricing is off.`,Ye=()=>`El sitio web conserva sus precios, porque los precios del TPV están desactivados.`,Xe=((e={},t={})=>(t.locale??u())===`es`?Ye(e):Je(e)),Ze=()=>`The first sync is still reading. You can go live as soon as it has ended.`,Qe=()=>`La primera sincronización aún está leyendo. Podrá publicar en cuanto termine.`,$e=((e={},t={})=>(t.locale??u())===`es`?Qe(e):Ze(e)),et=()=>`Matches to review`,tt=()=>`Coincidencias por revisar`,nt=((e={},t={})=>(t.locale??u())===`es`?tt(e):et(e)),rt=()=>`The codes leave open which product they are. You can decide this later, too.`,it=()=>`Los códigos no bastan para saber qué producto son. También puede decidirlo más tarde.`,at=((e={},t={})=>(t.locale??u())===`es`?it(e):rt(e)),ot=()=>`Items on the website`,st=()=>`Artículos en el sitio web`,ct=((e={},t={})=>(t.locale??u())===`es`?st(e):ot(e)),lt=()=>`They are linked to a product and meet a rule of What is shown.`,ut=()=>`Están enlazados con un producto y cumplen una regla de Qué se muestra.`,dt=((e={},t={})=>(t.locale??u())===`es`?ut(e):lt(e)),ft=()=>`No item would be shown. Look at the reasons below before you go live.`,pt=()=>`No se mostraría ningún artículo. Mire los motivos de abajo antes de publicar.`,mt=((e={},t={})=>(t.locale??u())===`es`?pt(e):ft(e)),ht=()=>`Switch the website on`,gt=()=>`Activar el sitio web`,_t=((e={},t={})=>(t.locale??u())===`es`?gt(e):ht(e)),vt=()=>`Go live`,yt=()=>`Publicar el sitio`,bt=((e={},t={})=>(t.locale??u())===`es`?yt(e):vt(e)),xt=()=>`Until you go live, the website shows nothing from Lightspeed and no order is exported. When you do:`,St=()=>`Hasta que publique, el sitio web no muestra nada de Lightspeed y no se exporta ningún pedido. Cuando lo haga:`,Ct=((e={},t={})=>(t.locale??u())===`es`?St(e):xt(e)),wt=()=>`Orders can be exported to Lightspeed.`,Tt=()=>`Los pedidos se pueden exportar a Lightspeed.`,Et=((e={},t={})=>(t.locale??u())===`es`?Tt(e):wt(e)),Dt=e=>{let t=O(`en`,e?.count,{});return t===`one`?`${e?.n} item appears on the website.`:t===`other`?`${e?.n} items appear on the website.`:`live_what_items`},Ot=e=>{let t=O(`es`,e?.count,{});return t===`one`?`${e?.n} artículo aparece en el sitio web.`:t===`other`?`${e?.n} artículos aparecen en el sitio web.`:`live_what_items`},kt=((e,t={})=>(t.locale??u())===`es`?Ot(e):Dt(e)),At=()=>`No order is exported, because order exporting is off.`,jt=()=>`No se exporta ningún pedido, porque la exportación de pedidos está desactivada.`,Mt=((e={},t={})=>(t.locale??u())===`es`?jt(e):At(e)),Nt=()=>`Stock and prices follow Lightspeed from then on.`,Pt=()=>`Desde entonces, las existencias y los precios siguen a Lightspeed.`,Ft=((e={},t={})=>(t.locale??u())===`es`?Pt(e):Nt(e)),It=()=>`Why items are not shown`,X=()=>`Por qué no se muestran artículos`,Lt=((e={},t={})=>(t.locale??u())===`es`?X(e):It(e)),Rt=()=>`An item can have several reasons. Choose one to see its items.`,zt=()=>`Un artículo puede tener varios motivos. Elija uno para ver sus artículos.`,Bt=((e={},t={})=>(t.locale??u())===`es`?zt(e):Rt(e)),Z=e(s(),1),Vt=c(`
  query GoLivePage {
    setup {
      sequence
      complete
      live
      readyToGoLive
      wouldDisplay
      repriced
      issues {
        code
        blocking
        message
        setting
      }
    }
    diagnosisSummary {
      total
      displayed
      notDisplayed
      reasons {
        code
        count
        blocking
        message
        advice
      }
    }
    reviewSummary {
      total
    }
    exportCounts {
      ready
    }
    exportSettings {
      enabled
    }
    pricingSettings {
      enabled
    }
  }
`),Ht=c(`
  mutation GoLive {
    goLive {
      setup {
        sequence
        complete
        live
        readyToGoLive
        wouldDisplay
        repriced
        issues {
          code
          blocking
          message
          setting
        }
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),Q=i();function Ut({data:e}){let{setup:n,diagnosisSummary:r,reviewSummary:i,exportCounts:a}=e,o=r.total-n.wouldDisplay;return(0,Q.jsx)(l,{title:n.live?Me():_e(),flush:!0,children:(0,Q.jsxs)(`table`,{className:`list`,children:[(0,Q.jsx)(`thead`,{className:`sr`,children:(0,Q.jsxs)(`tr`,{children:[(0,Q.jsx)(`th`,{children:K()}),(0,Q.jsx)(`th`,{className:`num`,children:B()}),(0,Q.jsx)(`th`,{children:U()})]})}),(0,Q.jsxs)(`tbody`,{children:[(0,Q.jsx)($,{what:ct(),hint:n.wouldDisplay>0?dt():mt(),count:n.wouldDisplay,look:(0,Q.jsx)(t,{to:`/catalog/items`,className:`btn sm`,children:re()})}),(0,Q.jsx)($,{what:be(),hint:Ce(),count:o,look:(0,Q.jsx)(t,{to:`/items`,search:{view:`every`},className:`btn sm`,children:ie()})}),(0,Q.jsx)($,{what:nt(),hint:at(),count:i.total,look:(0,Q.jsx)(t,{to:`/review`,className:`btn sm`,children:g()})}),(0,Q.jsx)($,{what:We(),hint:e.pricingSettings.enabled?qe():Xe(),count:n.repriced,look:(0,Q.jsx)(t,{to:`/settings/prices`,className:`btn sm`,children:ae()})}),(0,Q.jsx)($,{what:Fe(),hint:e.exportSettings.enabled?Re():Ve(),count:a.ready,look:(0,Q.jsx)(t,{to:e.exportSettings.enabled?`/orders`:`/settings/export`,className:`btn sm`,children:e.exportSettings.enabled?m():h()})})]})]})})}function $(e){return(0,Q.jsxs)(`tr`,{children:[(0,Q.jsxs)(`th`,{scope:`row`,className:`full`,children:[e.what,(0,Q.jsx)(`div`,{className:`muted small`,children:e.hint})]}),(0,Q.jsx)(`td`,{className:`num tot`,children:d(e.count)}),(0,Q.jsx)(`td`,{className:`act`,children:e.look})]})}function Wt({data:e}){let n=e.diagnosisSummary.reasons.filter(e=>e.blocking>0).sort((e,t)=>t.blocking-e.blocking);return(0,Q.jsx)(l,{title:Lt(),flush:n.length>0,children:n.length===0?(0,Q.jsx)(a,{title:w(),children:D()}):(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsxs)(`table`,{className:`list`,children:[(0,Q.jsx)(`thead`,{children:(0,Q.jsxs)(`tr`,{children:[(0,Q.jsx)(`th`,{children:T()}),(0,Q.jsx)(`th`,{className:`num`,children:j()})]})}),(0,Q.jsx)(`tbody`,{children:n.map(e=>(0,Q.jsxs)(`tr`,{children:[(0,Q.jsxs)(`th`,{scope:`row`,className:`full`,children:[(0,Q.jsx)(t,{to:`/items`,search:{view:`every`,why:e.code},className:`row`,children:E[e.code]()}),(0,Q.jsx)(`div`,{className:`muted small`,children:e.advice})]}),(0,Q.jsx)(`td`,{className:`num tot`,children:d(e.blocking)})]},e.code))})]}),(0,Q.jsx)(`p`,{className:`pad24 muted small`,children:Bt()})]})})}function Gt(){let[e,t]=n({query:Vt}),r=v(),i=()=>t({requestPolicy:`network-only`}),a=C(()=>{i(),r.again()}),s=r.data?.setup.sequence,c=(0,Z.useRef)(s);return(0,Z.useEffect)(()=>{c.current!==s&&t({requestPolicy:`network-only`}),c.current=s},[s,t]),(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(o,{title:bt(),lead:Ee()}),(0,Q.jsx)(`div`,{className:`stack`,children:(0,Q.jsx)(ee,{result:e,again:t,rows:8,children:e=>(0,Q.jsxs)(`div`,{className:`cols`,children:[(0,Q.jsxs)(`div`,{className:`stack`,children:[a?.run&&!b(a.state)&&(0,Q.jsx)(S,{now:a,run:a.run}),(0,Q.jsx)(Ut,{data:e}),(0,Q.jsx)(Wt,{data:e})]}),(0,Q.jsxs)(`div`,{className:`stack`,children:[e.setup.live?(0,Q.jsx)(qt,{complete:e.setup.complete,exporting:e.exportSettings.enabled}):(0,Q.jsx)(Kt,{data:e}),!e.setup.live&&!e.setup.readyToGoLive&&(0,Q.jsx)(x,{})]})]})})})]})}function Kt({data:e}){let t=p(Ht),{setup:n}=e,i=n.issues.some(e=>e.code===`FIRST_SYNC_PENDING`),a=async()=>{let{ok:e,userErrors:n}=await t.run({});e?_(Y()):n[0]&&y(n[0].message)},o=n.readyToGoLive?i?$e():void 0:ke();return(0,Q.jsxs)(l,{title:_t(),children:[(0,Q.jsx)(`p`,{children:Ct()}),(0,Q.jsxs)(`ul`,{className:`dots`,children:[(0,Q.jsx)(`li`,{children:kt({count:n.wouldDisplay,n:d(n.wouldDisplay)})}),(0,Q.jsx)(`li`,{children:Ft()}),(0,Q.jsx)(`li`,{children:e.exportSettings.enabled?Et():Mt()})]}),(0,Q.jsx)(`p`,{className:`muted small gap`,children:L()}),(0,Q.jsx)(f,{children:(0,Q.jsx)(`div`,{className:`row gap`,children:(0,Q.jsx)(r,{look:`primary`,busy:t.busy,disabled:o!==void 0,onClick:()=>void a(),children:P()})})}),o&&(0,Q.jsx)(`p`,{className:`t-warn`,children:o})]})}function qt({complete:e,exporting:n}){return(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(ne,{tone:e?`ok`:`warn`,title:e?Y():oe(),children:e?fe():le()}),(0,Q.jsxs)(`p`,{className:`row`,children:[(0,Q.jsx)(t,{to:`/status`,className:`btn`,children:te()}),(0,Q.jsx)(t,{to:n?`/orders`:`/settings/export`,className:`btn`,children:n?m():h()})]})]})}export{Gt as Page};