import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{t}from"./link-biMhFSWg.js";import{C as n,F as r,K as i,M as a,U as o,W as s,g as c,h as l,q as u}from"./index-0wQIc07Z.js";import{A as d,c as f,f as p,ft as m,h,i as g,k as _,n as v,o as y,pt as b,r as x,t as S,v as C,w,y as T}from"./Panel-Bs6JSMci.js";import{a as E,r as D,t as ee}from"./Field-B9HP8HGd.js";import{n as te,t as ne}from"./Pager-e7MuyKZp.js";import{n as re,r as O,t as ie}from"./Role-Dt--fAOa.js";import{t as ae}from"./SearchField-BJ5xfooV.js";import{t as k}from"./any-DqC1Gxye.js";import{t as A}from"./cancel-kJBfc61O.js";import{t as j}from"./Dialog-CwygFPhQ.js";import{n as M,o as N,s as P}from"./data-BdeIav0m.js";import{t as oe}from"./filters_clear-D4T2FxJL.js";import{t as se}from"./item-Ba-zm2HC.js";import{t as ce}from"./items_n-CRewn0F9.js";import{r as le}from"./Pill-CZGW8zfM.js";import{t as ue}from"./review_brand-Bq5_51ap.js";import{t as de}from"./undo-DQNjEOGr.js";import{r as fe,t as pe}from"./settings-DvvSdjcr.js";import{t as F}from"./registry-B1INsJo1.js";var me=e=>`Without a start there is no sale: ends it for ${e?.n} of ${e?.of} items.`,he=e=>`Sin inicio no hay oferta: la termina para ${e?.n} de ${e?.of} artículos.`,ge=((e,t={})=>(t.locale??w())===`es`?he(e):me(e)),I=()=>`Meanwhile the filters find another number of items. Look again.`,L=()=>`Mientras tanto los filtros encuentran otro número de artículos. Vuelve a mirar.`,_e=((e={},t={})=>(t.locale??w())===`es`?L(e):I(e)),ve=()=>`I know that this is every item of the website.`,ye=()=>`Sé que son todos los artículos del sitio web.`,be=((e={},t={})=>(t.locale??w())===`es`?ye(e):ve(e)),xe=e=>`Set ${e?.n}`,Se=e=>`Cambiar ${e?.n}`,Ce=((e,t={})=>(t.locale??w())===`es`?Se(e):xe(e)),we=e=>`Sets the dates of ${e?.n} of ${e?.of} items.`,Te=e=>`Cambia las fechas de ${e?.n} de ${e?.of} artículos.`,Ee=((e,t={})=>(t.locale??w())===`es`?Te(e):we(e)),De=()=>`The same sale dates for all that fit`,Oe=()=>`Las mismas fechas para todo lo que cumple`,ke=((e={},t={})=>(t.locale??w())===`es`?Oe(e):De(e)),Ae=e=>{let t=F(`en`,e?.count,{});return t===`one`?`${e?.n} of them has no sale price below the regular one, and keeps that.`:t===`other`?`${e?.n} of them have no sale price below the regular one, and keep that.`:`all_without`},je=e=>{let t=F(`es`,e?.count,{});return t===`one`?`${e?.n} de ellos no tiene precio de oferta menor y mantiene el normal.`:t===`other`?`${e?.n} de ellos no tienen precio de oferta menor y mantienen el normal.`:`all_without`},Me=((e,t={})=>(t.locale??w())===`es`?je(e):Ae(e)),Ne=e=>{let t=F(`en`,e?.count,{});return t===`one`?`Dates for all ${e?.n} item…`:t===`other`?`Dates for all ${e?.n} items…`:`catalogue_all`},Pe=e=>{let t=F(`es`,e?.count,{});return t===`one`?`Fechas para ${e?.n} artículo…`:t===`other`?`Fechas para los ${e?.n} artículos…`:`catalogue_all`},Fe=((e,t={})=>(t.locale??w())===`es`?Pe(e):Ne(e)),Ie=()=>`The same dates for everything that fits the filters:`,Le=()=>`Las mismas fechas para todo lo que cumple los filtros:`,Re=((e={},t={})=>(t.locale??w())===`es`?Le(e):Ie(e)),ze=e=>`Plan sales: from midnight of the first day to the end of the last one, ${e?.zone}.`,Be=e=>`Planifica ofertas: desde la medianoche del primer día hasta el final del último, ${e?.zone}.`,Ve=((e,t={})=>(t.locale??w())===`es`?Be(e):ze(e)),He=()=>`No sale price level is chosen`,Ue=()=>`No se ha elegido el nivel de precio de oferta`,We=((e={},t={})=>(t.locale??w())===`es`?Ue(e):He(e)),Ge=()=>`The website has sent no items yet.`,Ke=()=>`El sitio web todavía no ha enviado artículos.`,qe=((e={},t={})=>(t.locale??w())===`es`?Ke(e):Ge(e)),Je=()=>`No item fits these filters.`,Ye=()=>`Ningún artículo cumple estos filtros.`,Xe=((e={},t={})=>(t.locale??w())===`es`?Ye(e):Je(e)),Ze=()=>`POS pricing is off`,Qe=()=>`Los precios del TPV están desactivados`,$e=((e={},t={})=>(t.locale??w())===`es`?Qe(e):Ze(e)),et=()=>`Sale dates can be planned, and take effect once prices come from Lightspeed with a sale level.`,tt=()=>`Las fechas se pueden planificar y surten efecto cuando los precios vengan de Lightspeed con un nivel de oferta.`,nt=((e={},t={})=>(t.locale??w())===`es`?tt(e):et(e)),rt=()=>`Sale`,it=()=>`Oferta`,at=((e={},t={})=>(t.locale??w())===`es`?it(e):rt(e)),ot=()=>`Name, part number or barcode`,st=()=>`Nombre, referencia o código de barras`,ct=((e={},t={})=>(t.locale??w())===`es`?st(e):ot(e)),lt=()=>`A page`,ut=()=>`Por página`,dt=((e={},t={})=>(t.locale??w())===`es`?ut(e):lt(e)),ft=()=>`Category`,pt=()=>`Categoría`,mt=((e={},t={})=>(t.locale??w())===`es`?pt(e):ft(e)),ht=e=>`Copied to ${e?.n} items`,gt=e=>`Copiado a ${e?.n} artículos`,_t=((e,t={})=>(t.locale??w())===`es`?gt(e):ht(e)),vt=()=>`Copy down`,yt=()=>`Copiar abajo`,bt=((e={},t={})=>(t.locale??w())===`es`?yt(e):vt(e)),xt=()=>`Copy down the sale end`,St=()=>`Copiar abajo el fin de oferta`,Ct=((e={},t={})=>(t.locale??w())===`es`?St(e):xt(e)),wt=()=>`Copy down the sale start`,Tt=()=>`Copiar abajo el inicio de oferta`,Et=((e={},t={})=>(t.locale??w())===`es`?Tt(e):wt(e)),Dt=()=>`Enter the first day, too.`,Ot=()=>`Escribe también el primer día.`,R=((e={},t={})=>(t.locale??w())===`es`?Ot(e):Dt(e)),kt=()=>`The last day is before the first.`,At=()=>`El último día es anterior al primero.`,z=((e={},t={})=>(t.locale??w())===`es`?At(e):kt(e)),jt=e=>{let t=F(`en`,e?.count,{});return t===`one`?`Sale dates of ${e?.n} item saved`:t===`other`?`Sale dates of ${e?.n} items saved`:`dates_saved`},Mt=e=>{let t=F(`es`,e?.count,{});return t===`one`?`Fechas de ${e?.n} artículo guardadas`:t===`other`?`Fechas de ${e?.n} artículos guardadas`:`dates_saved`},B=((e,t={})=>(t.locale??w())===`es`?Mt(e):jt(e)),Nt=e=>`All ${e?.n} on this page`,Pt=e=>`Los ${e?.n} de esta página`,Ft=((e,t={})=>(t.locale??w())===`es`?Pt(e):Nt(e)),It=e=>`Sale end of ${e?.name}`,Lt=e=>`Fin de oferta de ${e?.name}`,Rt=((e,t={})=>(t.locale??w())===`es`?Lt(e):It(e)),zt=e=>`${e?.name} (${e?.n})`,Bt=e=>`${e?.name} (${e?.n})`,V=((e,t={})=>(t.locale??w())===`es`?Bt(e):zt(e)),Vt=()=>`On sale now`,Ht=()=>`En oferta ahora`,Ut=((e={},t={})=>(t.locale??w())===`es`?Ht(e):Vt(e)),Wt=()=>`Sale planned`,Gt=()=>`Oferta planificada`,Kt=((e={},t={})=>(t.locale??w())===`es`?Gt(e):Wt(e)),qt=()=>`Price does not show`,Jt=()=>`El precio no se muestra`,Yt=((e={},t={})=>(t.locale??w())===`es`?Jt(e):qt(e)),Xt=()=>`Now`,Zt=()=>`Ahora`,H=((e={},t={})=>(t.locale??w())===`es`?Zt(e):Xt(e)),Qt=()=>`Regular`,$t=()=>`Normal`,U=((e={},t={})=>(t.locale??w())===`es`?$t(e):Qt(e)),en=()=>`Sale`,tn=()=>`Oferta`,W=((e={},t={})=>(t.locale??w())===`es`?tn(e):en(e)),nn=()=>`Lower price held`,rn=()=>`Bajada retenida`,an=((e={},t={})=>(t.locale??w())===`es`?rn(e):nn(e)),on=()=>`No regular price`,sn=()=>`Sin precio normal`,cn=((e={},t={})=>(t.locale??w())===`es`?sn(e):on(e)),ln=()=>`No sale price`,un=()=>`Sin precio de oferta`,dn=((e={},t={})=>(t.locale??w())===`es`?un(e):ln(e)),fn=()=>`Sale price not lower`,pn=()=>`La oferta no es menor`,mn=((e={},t={})=>(t.locale??w())===`es`?pn(e):fn(e)),hn=()=>`Not linked`,gn=()=>`Sin vincular`,_n=((e={},t={})=>(t.locale??w())===`es`?gn(e):hn(e)),vn=()=>`Sale end`,yn=()=>`Fin de oferta`,G=((e={},t={})=>(t.locale??w())===`es`?yn(e):vn(e)),bn=e=>`from ${e?.from}`,xn=e=>`desde ${e?.from}`,Sn=((e,t={})=>(t.locale??w())===`es`?xn(e):bn(e)),Cn=e=>`${e?.from} to ${e?.to}`,wn=e=>`${e?.from} a ${e?.to}`,Tn=((e,t={})=>(t.locale??w())===`es`?wn(e):Cn(e)),En=()=>`no sale`,Dn=()=>`sin oferta`,On=((e={},t={})=>(t.locale??w())===`es`?Dn(e):En(e)),kn=()=>`Sale start`,An=()=>`Inicio de oferta`,K=((e={},t={})=>(t.locale??w())===`es`?An(e):kn(e)),jn=e=>`Sale start of ${e?.name}`,Mn=e=>`Inicio de oferta de ${e?.name}`,Nn=((e,t={})=>(t.locale??w())===`es`?Mn(e):jn(e)),Pn=()=>`Sale end for this page`,Fn=()=>`Fin de oferta para esta página`,In=((e={},t={})=>(t.locale??w())===`es`?Fn(e):Pn(e)),Ln=()=>`Sale start for this page`,Rn=()=>`Inicio de oferta para esta página`,zn=((e={},t={})=>(t.locale??w())===`es`?Rn(e):Ln(e)),q=e(b(),1);function Bn(e,t,n){let r=new Map(e);for(let[e,i]of n){let n=t.get(e);if(!n)continue;let a={...r.get(e)??n,...i};a.start===n.start&&a.end===n.end?r.delete(e):r.set(e,a)}return r}function J({start:e,end:t}){return t&&!e?`start`:t&&t<e?`end`:void 0}x(`
  fragment SaleParts on Product {
    id
    key
    name
    brand
    category
    mpn
    effectivePrice {
      price {
        amount
        currencyCode
      }
      regularPrice {
        amount
        currencyCode
      }
      onSale
      salePrice {
        amount
        currencyCode
      }
      saleStartDate
      saleEndDate
      problems {
        code
        message
      }
    }
  }
`);var Vn=x(`
  query CatalogueItems($after: Cursor, $before: Cursor, $first: Int, $last: Int, $where: ProductWhere) {
    products(after: $after, before: $before, first: $first, last: $last, where: $where) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      edges {
        cursor
        node {
          ...SaleParts
        }
      }
    }
    pricingSettings {
      revision
      enabled
      salePriceLevel {
        id
        name
      }
    }
  }
`),Hn=x(`
  mutation SetSaleDates($input: SetSaleDatesInput!) {
    setSaleDates(input: $input) {
      count
      changed
      userErrors {
        code
        message
        field
      }
    }
  }
`),Un=x(`
  query PreviewSaleDates($input: SetSaleDatesInput!) {
    previewSaleDates(input: $input) {
      count
      changing
      needsAcknowledgement
      onSale
      withoutSalePrice
      examples {
        product {
          id
          name
        }
        before {
          saleStartDate
          saleEndDate
          price {
            amount
            currencyCode
          }
        }
        after {
          saleStartDate
          saleEndDate
          price {
            amount
            currencyCode
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
`),Wn=x(`
  mutation SaveSaleDates($input: SaveSaleDatesInput!) {
    saveSaleDates(input: $input) {
      changed
      results {
        product {
          ...SaleParts
        }
        userErrors {
          message
        }
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),Gn=x(`
  query Facets($where: ProductWhere) {
    catalogueFacets(where: $where) {
      brands {
        name
        count
      }
      categories {
        path
        name
        count
      }
    }
  }
`),Y=m();function X({where:e,onClose:t,onSaved:n}){let[r,i]=(0,q.useState)({start:``,end:``}),[a,o]=(0,q.useState)(!1),[s,l]=(0,q.useState)(),u=O(Hn),f=J(r),m={where:e,startDate:r.start||null,endDate:r.end||null},[g,_]=d({query:Un,variables:{input:m},pause:f!==void 0}),v=f?void 0:g.data?.previewSaleDates,b=async()=>{if(!v)return;let{ok:e,data:r,userErrors:i}=await u.run({input:{...m,expectedCount:v.count,...a&&{acknowledge:[`EVERY_PRODUCT`]}}});if(i.some(e=>e.code===`COUNT_CHANGED`)){l(_e()),_({requestPolicy:`network-only`});return}if(l(i[0]?.message),!e)return;let o=r?.setSaleDates.changed??0;N(B({count:o,n:T(o)})),n(),t()};return(0,Y.jsxs)(j,{title:ke(),open:!0,onClose:t,acts:(0,Y.jsxs)(Y.Fragment,{children:[(0,Y.jsx)(p,{onClick:t,children:A()}),(0,Y.jsx)(p,{look:`primary`,busy:u.busy,disabled:!v||v.changing===0||v.needsAcknowledgement&&!a,onClick:()=>void b(),children:Ce({n:T(v?.changing??0)})})]}),children:[(0,Y.jsxs)(`div`,{className:`fields pair`,children:[(0,Y.jsx)(E,{label:K(),type:`date`,value:r.start,error:f===`start`?R():void 0,onChange:e=>i({...r,start:e})}),(0,Y.jsx)(E,{label:G(),type:`date`,value:r.end,error:f===`end`?z():void 0,onChange:e=>i({...r,end:e})})]}),!f&&(0,Y.jsx)(y,{result:g,again:_,children:({previewSaleDates:e})=>(0,Y.jsxs)(Y.Fragment,{children:[(0,Y.jsx)(`p`,{className:`gap`,role:`status`,children:r.start?Ee({n:T(e.changing),of:T(e.count)}):ge({n:T(e.changing),of:T(e.count)})}),r.start&&e.withoutSalePrice>0&&(0,Y.jsx)(`p`,{className:`t-warn`,children:Me({count:e.withoutSalePrice,n:T(e.withoutSalePrice)})}),e.examples.length>0&&(0,Y.jsx)(`ul`,{className:`found`,children:e.examples.map(e=>(0,Y.jsxs)(`li`,{children:[(0,Y.jsxs)(`span`,{children:[(0,Y.jsx)(`bdi`,{children:e.product.name}),(0,Y.jsx)(`span`,{className:`block small muted`,children:e.after.saleStartDate?e.after.saleEndDate?Tn({from:c(e.after.saleStartDate),to:c(e.after.saleEndDate)}):Sn({from:c(e.after.saleStartDate)}):On()})]}),(0,Y.jsxs)(`span`,{className:`diff nw`,children:[(0,Y.jsx)(`del`,{children:C(e.before.price)}),(0,Y.jsx)(h,{name:`right`}),(0,Y.jsx)(`ins`,{children:C(e.after.price)})]})]},e.product.id))}),e.needsAcknowledgement&&(0,Y.jsxs)(`label`,{className:`tick`,children:[(0,Y.jsx)(`input`,{type:`checkbox`,checked:a,onChange:e=>o(e.target.checked)}),(0,Y.jsx)(`span`,{children:be()})]})]})}),s&&(0,Y.jsx)(`p`,{className:`t-bad gap`,role:`alert`,children:s})]})}async function Z(e,t){let n=[...t].map(([e,{start:t,end:n}])=>({productId:e,startDate:t||null,endDate:n||null})),{data:r,error:i}=await e.mutation(Wn,{input:{products:n}}).toPromise();if(i)return{ok:!1,message:f(i).message,byProduct:new Map};let a=new Map;r?.saveSaleDates.results.forEach(({userErrors:e},t)=>{let r=n[t];r&&e.length>0&&a.set(r.productId,e.map(e=>e.message).join(` `))});let o=r?.saveSaleDates.userErrors[0]?.message;return{ok:o===void 0&&a.size===0,message:o,byProduct:a}}var Q=e=>({start:e.effectivePrice.saleStartDate??``,end:e.effectivePrice.saleEndDate??``});function Kn({rows:e,onSaved:t}){let n=_(),r=M(),[i,a]=(0,q.useState)(new Map),[s,c]=(0,q.useState)({start:``,end:``}),[l,u]=(0,q.useState)(!1),[d,f]=(0,q.useState)(new Map),m=(0,q.useRef)([]),h=(0,q.useRef)(null),g=(0,q.useMemo)(()=>new Map(e.map(e=>[e.id,Q(e)])),[e]),v=(0,q.useRef)(g);v.current=g;let y=(0,q.useCallback)(e=>{a(t=>(m.current=[...m.current.slice(-49),t],Bn(t,v.current,e)))},[]),b=(0,q.useCallback)((e,t,n)=>y(new Map([[e,{[t]:n}]])),[y]),x=t=>{y(new Map(e.map(e=>[e.id,{[t]:s[t]}]))),o(_t({n:T(e.length)}))},S=()=>{a(new Map),m.current=[]},C=e=>{if((e.ctrlKey||e.metaKey)&&e.key===`z`&&m.current.length>0&&(e.preventDefault(),a(m.current.pop()??new Map)),e.key!==`Enter`||!(e.target instanceof HTMLInputElement))return;e.preventDefault();let t=[...h.current?.querySelectorAll(`[data-col=${e.target.dataset.col}]`)??[]];t[t.indexOf(e.target)+(e.shiftKey?-1:1)]?.focus()},w=[...i.values()].filter(e=>J(e)!==void 0).length,E=async()=>{u(!0);let e=new Map([...i.keys()].map(e=>[e,g.get(e)??{start:``,end:``}])),{ok:r,message:a,byProduct:o}=await Z(n,i);u(!1),f(o),r?(S(),t(),N(B({count:e.size,n:T(e.size)}),{label:de(),run:()=>void Z(n,e).then(e=>{e.message&&P(e.message),t()})})):(o.size===0&&a&&P(a),requestAnimationFrame(()=>h.current?.querySelector(`[aria-invalid=true]`)?.focus()))};return(0,Y.jsxs)(Y.Fragment,{children:[(0,Y.jsxs)(`table`,{className:`list dates`,ref:h,onKeyDown:C,children:[(0,Y.jsxs)(`thead`,{children:[(0,Y.jsxs)(`tr`,{children:[(0,Y.jsx)(`th`,{children:se()}),(0,Y.jsx)(`th`,{className:`num`,children:U()}),(0,Y.jsx)(`th`,{className:`num`,children:W()}),(0,Y.jsx)(`th`,{className:`num`,children:H()}),(0,Y.jsx)(`th`,{children:K()}),(0,Y.jsx)(`th`,{children:G()})]}),r&&(0,Y.jsxs)(`tr`,{className:`every`,children:[(0,Y.jsx)(`th`,{colSpan:4,scope:`row`,children:Ft({n:T(e.length)})}),[`start`,`end`].map(e=>(0,Y.jsx)(`td`,{children:(0,Y.jsxs)(`span`,{className:`copy`,children:[(0,Y.jsx)(`input`,{type:`date`,className:`in`,"aria-label":e===`start`?zn():In(),value:s[e],onChange:t=>c({...s,[e]:t.target.value})}),(0,Y.jsx)(p,{look:`quiet`,small:!0,icon:`copydown`,"aria-label":e===`start`?Et():Ct(),onClick:()=>x(e),children:bt()})]})},e))]})]}),(0,Y.jsx)(`tbody`,{children:e.map(e=>(0,Y.jsx)(Jn,{product:e,dates:i.get(e.id),refused:d.get(e.id),onChange:b},e.id))})]}),i.size>0&&(0,Y.jsx)(fe,{changes:i.size,problems:w,saving:l,onSave:()=>void E(),onDiscard:S}),(0,Y.jsx)(pe,{dirty:i.size>0&&!l,count:i.size})]})}var qn={NOT_LINKED:_n,NO_REGULAR_PRICE:cn,NO_SALE_PRICE:dn,SALE_PRICE_NOT_BELOW_REGULAR:mn,PRICE_HELD:an},Jn=(0,q.memo)(function({product:e,dates:t,refused:n,onChange:r}){let i=Q(e),a=t??i,o=J(a),s=e.effectivePrice.salePrice,c=e.effectivePrice,l=o===`start`?R():o===`end`?z():n,u=o??(n?`end`:void 0);return(0,Y.jsxs)(`tr`,{children:[(0,Y.jsxs)(`td`,{className:`two full wrap`,children:[(0,Y.jsx)(`bdi`,{children:e.name}),(0,Y.jsx)(`div`,{className:`muted`,children:[e.brand,e.mpn||e.key].filter(Boolean).join(` · `)}),c.problems.length>0&&(0,Y.jsx)(`div`,{className:`tags`,children:c.problems.map(e=>(0,Y.jsx)(`span`,{title:e.message,children:(0,Y.jsx)(le,{tone:`warn`,children:qn[e.code]()})},e.code))})]}),(0,Y.jsx)(`td`,{className:`num`,"data-l":U(),children:C(c.regularPrice)}),(0,Y.jsx)(`td`,{className:`num`,"data-l":W(),children:s&&/[1-9]/.test(s.amount)?C(s):(0,Y.jsx)(`span`,{className:`muted`,children:`–`})}),(0,Y.jsx)(`td`,{className:`num`,"data-l":H(),children:c.onSale?(0,Y.jsx)(`b`,{children:C(c.price)}):C(c.price)}),[`start`,`end`].map(t=>(0,Y.jsxs)(`td`,{className:`full`,"data-l":t===`start`?K():G(),children:[(0,Y.jsx)(`input`,{type:`date`,"data-col":t,className:`in${a[t]===i[t]?``:` changed`}${u===t?` bad`:``}`,"aria-label":t===`start`?Nn({name:e.name}):Rt({name:e.name}),"aria-invalid":u===t||void 0,"aria-describedby":u===t?`e-${e.id}`:void 0,value:a[t],onChange:n=>r(e.id,t,n.target.value)}),u===t&&(0,Y.jsx)(`span`,{className:`field`,children:(0,Y.jsx)(ee,{id:`e-${e.id}`,children:l})})]},t))]})}),$=(e,t=[])=>!e||t.some(t=>t.value.toLowerCase()===e.toLowerCase())?t:[{value:e,label:e},...t];function Yn(){let e=u({strict:!1}),o=i(),{timeZone:c}=l(),f=e.size===`100`?100:50,m=(0,q.useMemo)(()=>({active:!0,...e.brand&&{brand:e.brand},...e.category&&{category:e.category},...e.q&&{search:e.q},...e.only===`planned`&&{salePlanned:!0},...e.only===`now`&&{onSale:!0},...e.only===`problems`&&{priceProblems:!0}}),[e.brand,e.category,e.q,e.only]),[h,_]=d({query:Vn,variables:{...te(e,f),where:m}}),[b]=d({query:Gn,variables:{where:m}}),x=b.data?.catalogueFacets,[C,w]=(0,q.useState)(!1),{after:E,before:ee,...O}=e,A=e=>void o({to:`.`,search:{...O,...e},replace:!0}),j=h.data?.pricingSettings,M=!!(e.q||e.brand||e.category||e.only);return(0,Y.jsxs)(Y.Fragment,{children:[(0,Y.jsx)(v,{title:r(),lead:Ve({zone:n(c)})}),(0,Y.jsxs)(`div`,{className:`stack`,children:[j&&(!j.enabled||!j.salePriceLevel)&&(0,Y.jsx)(s,{tone:`warn`,title:j.enabled?We():$e(),acts:(0,Y.jsx)(t,{to:`/settings/prices`,className:`btn`,children:a()}),children:nt()}),(0,Y.jsx)(ie,{children:(0,Y.jsxs)(S,{title:(0,Y.jsx)(`span`,{className:`sr`,children:r()}),className:`lists`,flush:!0,children:[(0,Y.jsxs)(`div`,{className:`filters`,children:[(0,Y.jsx)(D,{label:ue(),none:k(),value:e.brand??``,onChange:e=>A({brand:e}),choices:$(e.brand,x?.brands.map(e=>({value:e.name,label:V({name:e.name,n:T(e.count)})})))}),(0,Y.jsx)(D,{label:mt(),none:k(),value:e.category??``,onChange:e=>A({category:e}),choices:$(e.category,x?.categories.map(e=>({value:e.path,label:V({name:` `.repeat(e.path.split(`/`).length-1)+e.name,n:T(e.count)})})))}),(0,Y.jsx)(D,{label:at(),none:k(),value:e.only??``,onChange:e=>A({only:e}),choices:[{value:`planned`,label:Kt()},{value:`now`,label:Ut()},{value:`problems`,label:Yt()}]}),(0,Y.jsx)(ae,{label:ct(),value:e.q??``,onChange:e=>A({q:e})}),(0,Y.jsx)(D,{label:dt(),value:f===100?`100`:`50`,onChange:e=>A({size:e===`100`?`100`:void 0}),choices:[{value:`50`,label:`50`},{value:`100`,label:`100`}]})]}),(0,Y.jsx)(y,{result:h,again:_,rows:10,children:({products:n})=>n.edges.length===0?(0,Y.jsx)(`div`,{className:`pad24`,children:(0,Y.jsx)(g,{icon:`search`,title:e.q||e.brand||e.category?Xe():qe(),act:M&&(0,Y.jsx)(t,{to:`/catalog/items`,className:`btn`,children:oe()})})}):(0,Y.jsxs)(Y.Fragment,{children:[(0,Y.jsx)(Kn,{rows:n.edges.map(e=>e.node),onSaved:()=>_({requestPolicy:`network-only`})},`${n.pageInfo.startCursor}${f}`),(0,Y.jsx)(ne,{info:n.pageInfo,text:ce({count:n.totalCount,n:T(n.totalCount)}),go:e=>void o({to:`.`,search:{...O,...e}})}),(0,Y.jsx)(re,{children:(0,Y.jsxs)(`div`,{className:`filters end`,children:[(0,Y.jsx)(`span`,{className:`muted grow`,children:Re()}),(0,Y.jsx)(p,{onClick:()=>w(!0),children:Fe({count:n.totalCount,n:T(n.totalCount)})})]})}),C&&(0,Y.jsx)(X,{where:m,onClose:()=>w(!1),onSaved:()=>_({requestPolicy:`network-only`})})]})})]})})]})]})}export{Yn as Page};