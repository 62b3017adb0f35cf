import{t as e}from"./link-n6A3hOjd.js";import{d as t,f as n,m as r,o as i,t as a}from"./Button-DTpzbii0.js";import{i as o,m as s,n as ee,o as te,r as c,t as l,x as u}from"./Panel-BSITHXaU.js";import{n as ne,r as re}from"./Role-B0GmlsWH.js";import{B as d,F as f,N as ie,P as ae,R as p,k as m,q as h,z as g}from"./index-D06LnNsL.js";import{o as _,r as v,s as y}from"./data-BBnnGekE.js";import{t as b}from"./runs-DexPKldb.js";import{i as x,n as S,t as C}from"./useSyncNow-ydoMNNkU.js";import{d as w,l as T,n as E,u as D}from"./reasons-rkcJdhTh.js";import{t as O}from"./registry-B1INsJo1.js";var k=()=>`Items`,A=()=>`Artículos`,j=((e={},t={})=>(t.locale??i())===`es`?A(e):k(e)),M=()=>`Go live`,N=()=>`Publicar`,P=((e={},t={})=>(t.locale??i())===`es`?N(e):M(e)),F=()=>`You go live once. Later you can hide items by the rules of What is shown, and pause the exports of orders.`,I=()=>`Se publica una sola vez. Más tarde puede ocultar artículos con las reglas de Qué se muestra y pausar la exportación de pedidos.`,L=((e={},t={})=>(t.locale??i())===`es`?I(e):F(e)),R=()=>`How many`,z=()=>`Cuántos`,B=((e={},t={})=>(t.locale??i())===`es`?z(e):R(e)),V=()=>`Look closer`,H=()=>`Ver más`,U=((e={},t={})=>(t.locale??i())===`es`?H(e):V(e)),W=()=>`Found`,G=()=>`Encontrado`,K=((e={},t={})=>(t.locale??i())===`es`?G(e):W(e)),q=()=>`Your site is live, but something stops it`,J=()=>`Su sitio está publicado, pero algo lo detiene`,oe=((e={},t={})=>(t.locale??i())===`es`?J(e):q(e)),se=()=>`The sync status says what has to be done.`,ce=()=>`El estado de la sincronización dice qué hay que hacer.`,le=((e={},t={})=>(t.locale??i())===`es`?ce(e):se(e)),ue=()=>`The website shows what the table says, and follows Lightspeed.`,de=()=>`El sitio web muestra lo que dice la tabla y sigue a Lightspeed.`,fe=((e={},t={})=>(t.locale??i())===`es`?de(e):ue(e)),pe=()=>`Your site is live`,me=()=>`Su sitio está publicado`,Y=((e={},t={})=>(t.locale??i())===`es`?me(e):pe(e)),he=()=>`What the first sync found`,ge=()=>`Qué ha encontrado la primera sincronización`,_e=((e={},t={})=>(t.locale??i())===`es`?ge(e):he(e)),ve=()=>`Items that are not shown`,ye=()=>`Artículos que no se muestran`,be=((e={},t={})=>(t.locale??i())===`es`?ye(e):ve(e)),xe=()=>`The reasons are below. Many are right as they are, such as items without stock.`,Se=()=>`Los motivos están abajo. Muchos son correctos, como los artículos sin existencias.`,Ce=((e={},t={})=>(t.locale??i())===`es`?Se(e):xe(e)),we=()=>`The last step of set-up: look at what the first sync found, then switch the website on.`,Te=()=>`El último paso de la configuración: mire qué ha encontrado la primera sincronización y active el sitio web.`,Ee=((e={},t={})=>(t.locale??i())===`es`?Te(e):we(e)),De=()=>`Some steps of set-up are left. They are listed below.`,Oe=()=>`Faltan pasos de la configuración. Están en la lista de abajo.`,ke=((e={},t={})=>(t.locale??i())===`es`?Oe(e):De(e)),Ae=()=>`What the website has from Lightspeed`,je=()=>`Qué tiene el sitio web de Lightspeed`,Me=((e={},t={})=>(t.locale??i())===`es`?je(e):Ae(e)),Ne=()=>`Orders ready for Lightspeed`,X=()=>`Pedidos listos para Lightspeed`,Pe=((e={},t={})=>(t.locale??i())===`es`?X(e):Ne(e)),Fe=()=>`They are exported when you ask for it on the orders page, or by the rules under Order exporting.`,Ie=()=>`Se exportan cuando usted lo pide en la página de pedidos o según las reglas de Exportación de pedidos.`,Le=((e={},t={})=>(t.locale??i())===`es`?Ie(e):Fe(e)),Re=()=>`Order exporting is off. They wait until you switch it on.`,ze=()=>`La exportación de pedidos está desactivada. Esperan hasta que la active.`,Be=((e={},t={})=>(t.locale??i())===`es`?ze(e):Re(e)),Ve=()=>`Products with another price`,He=()=>`Productos con otro precio`,Ue=((e={},t={})=>(t.locale??i())===`es`?He(e):Ve(e)),We=()=>`Their price comes from Lightspeed and is not the website’s own.`,Ge=()=>`Su precio viene de Lightspeed y no es el del sitio web.`,Ke=((e={},t={})=>(t.locale??i())===`es`?Ge(e):We(e)),qe=()=>`The website keeps its own prices, because POS pricing is off.`,Je=()=>`El sitio web conserva sus precios, porque los precios del TPV están desactivados.`,Ye=((e={},t={})=>(t.locale??i())===`es`?Je(e):qe(e)),Xe=()=>`The first sync is still reading. You can go live as soon as it has ended.`,Ze=()=>`La primera sincronización aún está leyendo. Podrá publicar en cuanto termine.`,Qe=((e={},t={})=>(t.locale??i())===`es`?Ze(e):Xe(e)),$e=()=>`Matches to review`,et=()=>`Coincidencias por revisar`,tt=((e={},t={})=>(t.locale??i())===`es`?et(e):$e(e)),nt=()=>`The codes leave open which product they are. You can decide this later, too.`,rt=()=>`Los códigos no bastan para saber qué producto son. También puede decidirlo más tarde.`,it=((e={},t={})=>(t.locale??i())===`es`?rt(e):nt(e)),at=()=>`Items on the website`,ot=()=>`Artículos en el sitio web`,st=((e={},t={})=>(t.locale??i())===`es`?ot(e):at(e)),ct=()=>`They are linked to a product and meet a rule of What is shown.`,lt=()=>`Están enlazados con un producto y cumplen una regla de Qué se muestra.`,ut=((e={},t={})=>(t.locale??i())===`es`?lt(e):ct(e)),dt=()=>`No item would be shown. Look at the reasons below before you go live.`,ft=()=>`No se mostraría ningún artículo. Mire los motivos de abajo antes de publicar.`,pt=((e={},t={})=>(t.locale??i())===`es`?ft(e):dt(e)),mt=()=>`Switch the website on`,ht=()=>`Activar el sitio web`,gt=((e={},t={})=>(t.locale??i())===`es`?ht(e):mt(e)),_t=()=>`Go live`,vt=()=>`Publicar el sitio`,yt=((e={},t={})=>(t.locale??i())===`es`?vt(e):_t(e)),bt=()=>`Until you go live, the website shows nothing from Lightspeed and no order is exported. When you do:`,xt=()=>`Hasta que publique, el sitio web no muestra nada de Lightspeed y no se exporta ningún pedido. Cuando lo haga:`,St=((e={},t={})=>(t.locale??i())===`es`?xt(e):bt(e)),Ct=()=>`Orders can be exported to Lightspeed.`,wt=()=>`Los pedidos se pueden exportar a Lightspeed.`,Tt=((e={},t={})=>(t.locale??i())===`es`?wt(e):Ct(e)),Et=e=>{let t=O(`en`,e?.count,{});return t===`one`?`${e?.n} item appears on the website.`:t===`other`?`${e?.n} items appear on the website.`:`live_what_items`},Dt=e=>{let t=O(`es`,e?.count,{});return t===`one`?`${e?.n} artículo aparece en el sitio web.`:t===`other`?`${e?.n} artículos aparecen en el sitio web.`:`live_what_items`},Ot=((e,t={})=>(t.locale??i())===`es`?Dt(e):Et(e)),kt=()=>`No order is exported, because order exporting is off.`,At=()=>`No se exporta ningún pedido, porque la exportación de pedidos está desactivada.`,jt=((e={},t={})=>(t.locale??i())===`es`?At(e):kt(e)),Mt=()=>`Stock and prices follow Lightspeed from then on.`,Nt=()=>`Desde entonces, las existencias y los precios siguen a Lightspeed.`,Pt=((e={},t={})=>(t.locale??i())===`es`?Nt(e):Mt(e)),Ft=()=>`Why items are not shown`,It=()=>`Por qué no se muestran artículos`,Lt=((e={},t={})=>(t.locale??i())===`es`?It(e):Ft(e)),Rt=()=>`An item can have several reasons. Choose one to see its items.`,zt=()=>`Un artículo puede tener varios motivos. Elija uno para ver sus artículos.`,Bt=((e={},t={})=>(t.locale??i())===`es`?zt(e):Rt(e)),Z=r(n(),1),Vt=c(`
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
`),Q=t();function Ut({data:t}){let{setup:n,diagnosisSummary:r,reviewSummary:i,exportCounts:a}=t,o=r.total-n.wouldDisplay;return(0,Q.jsx)(l,{title:n.live?Me():_e(),flush:!0,children:(0,Q.jsxs)(`table`,{className:`list`,children:[(0,Q.jsx)(`thead`,{className:`sr`,children:(0,Q.jsxs)(`tr`,{children:[(0,Q.jsx)(`th`,{children:K()}),(0,Q.jsx)(`th`,{className:`num`,children:B()}),(0,Q.jsx)(`th`,{children:U()})]})}),(0,Q.jsxs)(`tbody`,{children:[(0,Q.jsx)($,{what:st(),hint:n.wouldDisplay>0?ut():pt(),count:n.wouldDisplay,look:(0,Q.jsx)(e,{to:`/catalog/items`,className:`btn sm`,children:p()})}),(0,Q.jsx)($,{what:be(),hint:Ce(),count:o,look:(0,Q.jsx)(e,{to:`/items`,search:{view:`every`},className:`btn sm`,children:g()})}),(0,Q.jsx)($,{what:tt(),hint:it(),count:i.total,look:(0,Q.jsx)(e,{to:`/review`,className:`btn sm`,children:ie()})}),(0,Q.jsx)($,{what:Ue(),hint:t.pricingSettings.enabled?Ke():Ye(),count:n.repriced,look:(0,Q.jsx)(e,{to:`/settings/prices`,className:`btn sm`,children:ae()})}),(0,Q.jsx)($,{what:Pe(),hint:t.exportSettings.enabled?Le():Be(),count:a.ready,look:(0,Q.jsx)(e,{to:t.exportSettings.enabled?`/orders`:`/settings/export`,className:`btn sm`,children:t.exportSettings.enabled?f():d()})})]})]})})}function $(e){return(0,Q.jsxs)(`tr`,{children:[(0,Q.jsxs)(`th`,{scope:`row`,className:`full`,children:[e.what,(0,Q.jsx)(`div`,{className:`muted small`,children:e.hint})]}),(0,Q.jsx)(`td`,{className:`num tot`,children:s(e.count)}),(0,Q.jsx)(`td`,{className:`act`,children:e.look})]})}function Wt({data:t}){let n=t.diagnosisSummary.reasons.filter(e=>e.blocking>0).sort((e,t)=>t.blocking-e.blocking);return(0,Q.jsx)(l,{title:Lt(),flush:n.length>0,children:n.length===0?(0,Q.jsx)(o,{title:w(),children:D()}):(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsxs)(`table`,{className:`list`,children:[(0,Q.jsx)(`thead`,{children:(0,Q.jsxs)(`tr`,{children:[(0,Q.jsx)(`th`,{children:T()}),(0,Q.jsx)(`th`,{className:`num`,children:j()})]})}),(0,Q.jsx)(`tbody`,{children:n.map(t=>(0,Q.jsxs)(`tr`,{children:[(0,Q.jsxs)(`th`,{scope:`row`,className:`full`,children:[(0,Q.jsx)(e,{to:`/items`,search:{view:`every`,why:t.code},className:`row`,children:E[t.code]()}),(0,Q.jsx)(`div`,{className:`muted small`,children:t.advice})]}),(0,Q.jsx)(`td`,{className:`num tot`,children:s(t.blocking)})]},t.code))})]}),(0,Q.jsx)(`p`,{className:`pad24 muted small`,children:Bt()})]})})}function Gt(){let[e,t]=u({query:Vt}),n=v(),r=()=>t({requestPolicy:`network-only`}),i=C(()=>{r(),n.again()}),a=n.data?.setup.sequence,o=(0,Z.useRef)(a);return(0,Z.useEffect)(()=>{o.current!==a&&t({requestPolicy:`network-only`}),o.current=a},[a,t]),(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(ee,{title:yt(),lead:Ee()}),(0,Q.jsx)(`div`,{className:`stack`,children:(0,Q.jsx)(te,{result:e,again:t,rows:8,children:e=>(0,Q.jsxs)(`div`,{className:`cols`,children:[(0,Q.jsxs)(`div`,{className:`stack`,children:[i?.run&&!b(i.state)&&(0,Q.jsx)(S,{now:i,run:i.run}),(0,Q.jsx)(Ut,{data:e}),(0,Q.jsx)(Wt,{data:e})]}),(0,Q.jsxs)(`div`,{className:`stack`,children:[e.setup.live?(0,Q.jsx)(qt,{complete:e.setup.complete,exporting:e.exportSettings.enabled}):(0,Q.jsx)(Kt,{data:e}),!e.setup.live&&!e.setup.readyToGoLive&&(0,Q.jsx)(x,{})]})]})})})]})}function Kt({data:e}){let t=re(Ht),{setup:n}=e,r=n.issues.some(e=>e.code===`FIRST_SYNC_PENDING`),i=async()=>{let{ok:e,userErrors:n}=await t.run({});e?_(Y()):n[0]&&y(n[0].message)},o=n.readyToGoLive?r?Qe():void 0:ke();return(0,Q.jsxs)(l,{title:gt(),children:[(0,Q.jsx)(`p`,{children:St()}),(0,Q.jsxs)(`ul`,{className:`dots`,children:[(0,Q.jsx)(`li`,{children:Ot({count:n.wouldDisplay,n:s(n.wouldDisplay)})}),(0,Q.jsx)(`li`,{children:Pt()}),(0,Q.jsx)(`li`,{children:e.exportSettings.enabled?Tt():jt()})]}),(0,Q.jsx)(`p`,{className:`muted small gap`,children:L()}),(0,Q.jsx)(ne,{children:(0,Q.jsx)(`div`,{className:`row gap`,children:(0,Q.jsx)(a,{look:`primary`,busy:t.busy,disabled:o!==void 0,onClick:()=>void i(),children:P()})})}),o&&(0,Q.jsx)(`p`,{className:`t-warn`,children:o})]})}function qt({complete:t,exporting:n}){return(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(h,{tone:t?`ok`:`warn`,title:t?Y():oe(),children:t?fe():le()}),(0,Q.jsxs)(`p`,{className:`row`,children:[(0,Q.jsx)(e,{to:`/status`,className:`btn`,children:m()}),(0,Q.jsx)(e,{to:n?`/orders`:`/settings/export`,className:`btn`,children:n?f():d()})]})]})}export{Gt as Page};