import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{t}from"./link-biMhFSWg.js";import{C as n,G as r,I as i,J as a,M as o,W as s,g as c,h as l,q as u}from"./index-BfxL8WRn.js";import{A as d,c as f,f as p,ft as m,h,i as g,k as _,n as v,o as y,pt as b,r as x,t as S,v as C,w,y as T}from"./Panel-Bs6JSMci.js";import{a as E,r as D,t as ee}from"./Field-B9HP8HGd.js";import{n as te,t as ne}from"./Pager-e7MuyKZp.js";import{n as re,r as O,t as ie}from"./Role-CZxjv-ss.js";import{t as ae}from"./SearchField-BJ5xfooV.js";import{t as k}from"./any-DqC1Gxye.js";import{t as A}from"./cancel-kJBfc61O.js";import{t as j}from"./Dialog-CwygFPhQ.js";import{n as M,o as N,s as P}from"./data-BdeIav0m.js";import{t as oe}from"./filters_clear-D4T2FxJL.js";import{t as se}from"./item-Ba-zm2HC.js";import{t as ce}from"./items_n-CRewn0F9.js";import{r as le}from"./Pill-CZGW8zfM.js";import{t as ue}from"./review_brand-Bq5_51ap.js";import{t as de}from"./undo-DQNjEOGr.js";import{r as fe,t as pe}from"./settings-A60F4096.js";import{t as F}from"./registry-B1INsJo1.js";var me=e=>`Without a start there is no sale: ends it for ${e?.n} of ${e?.of} items.`,he=e=>`Sin inicio no hay oferta: la termina para ${e?.n} de ${e?.of} artículos.`,ge=((e,t={})=>(t.locale??w())===`es`?he(e):me(e)),I=()=>`Meanwhile the filters find another number of items. Look again.`,L=()=>`Mientras tanto los filtros encuentran otro número de artículos. Vuelve a mirar.`,_e=((e={},t={})=>(t.locale??w())===`es`?L(e):I(e)),ve=()=>`I know that this is every item of the website.`,ye=()=>`Sé que son todos los artículos del sitio web.`,be=((e={},t={})=>(t.locale??w())===`es`?ye(e):ve(e)),xe=e=>`Set ${e?.n}`,Se=e=>`Cambiar ${e?.n}`,Ce=((e,t={})=>(t.locale??w())===`es`?Se(e):xe(e)),we=e=>`Sets the dates of ${e?.n} of ${e?.of} items.`,Te=e=>`Cambia las fechas de ${e?.n} de ${e?.of} artículos.`,Ee=((e,t={})=>(t.locale??w())===`es`?Te(e):we(e)),De=()=>`The same sale dates for all that fit`,Oe=()=>`Las mismas fechas para todo lo que cumple`,ke=((e={},t={})=>(t.locale??w())===`es`?Oe(e):De(e)),Ae=e=>{let t=F(`en`,e?.count,{});return t===`one`?`${e?.n} of them has no sale price below the regular one, and keeps that.`:t===`other`?`${e?.n} of them have no sale price below the regular one, and keep that.`:`all_without`},je=e=>{let t=F(`es`,e?.count,{});return t===`one`?`${e?.n} de ellos no tiene precio de oferta menor y mantiene el normal.`:t===`other`?`${e?.n} de ellos no tienen precio de oferta menor y mantienen el normal.`:`all_without`},Me=((e,t={})=>(t.locale??w())===`es`?je(e):Ae(e)),Ne=e=>{let t=F(`en`,e?.count,{});return t===`one`?`Dates for all ${e?.n} item…`:t===`other`?`Dates for all ${e?.n} items…`:`catalogue_all`},Pe=e=>{let t=F(`es`,e?.count,{});return t===`one`?`Fechas para ${e?.n} artículo…`:t===`other`?`Fechas para los ${e?.n} artículos…`:`catalogue_all`},Fe=((e,t={})=>(t.locale??w())===`es`?Pe(e):Ne(e)),Ie=()=>`The same dates for everything that fits the filters:`,Le=()=>`Las mismas fechas para todo lo que cumple los filtros:`,Re=((e={},t={})=>(t.locale??w())===`es`?Le(e):Ie(e)),ze=e=>`Plan sales: from midnight of the first day to the end of the last one, ${e?.zone}.`,Be=e=>`Planifica ofertas: desde la medianoche del primer día hasta el final del último, ${e?.zone}.`,Ve=((e,t={})=>(t.locale??w())===`es`?Be(e):ze(e)),He=()=>`No sale price level is chosen`,Ue=()=>`No se ha elegido el nivel de precio de oferta`,We=((e={},t={})=>(t.locale??w())===`es`?Ue(e):He(e)),Ge=()=>`The website has sent no items yet.`,Ke=()=>`El sitio web todavía no ha enviado artículos.`,qe=((e={},t={})=>(t.locale??w())===`es`?Ke(e):Ge(e)),Je=()=>`No item fits these filters.`,Ye=()=>`Ningún artículo cumple estos filtros.`,Xe=((e={},t={})=>(t.locale??w())===`es`?Ye(e):Je(e)),Ze=()=>`They come from the website’s platform. As soon as it sends them, they are linked with the items of Lightspeed.`,Qe=()=>`Vienen de la plataforma del sitio web. En cuanto los envíe, se enlazan con los artículos de Lightspeed.`,$e=((e={},t={})=>(t.locale??w())===`es`?Qe(e):Ze(e)),et=()=>`POS pricing is off`,tt=()=>`Los precios del TPV están desactivados`,nt=((e={},t={})=>(t.locale??w())===`es`?tt(e):et(e)),rt=()=>`Sale dates can be planned, and take effect once prices come from Lightspeed with a sale level.`,it=()=>`Las fechas se pueden planificar y surten efecto cuando los precios vengan de Lightspeed con un nivel de oferta.`,at=((e={},t={})=>(t.locale??w())===`es`?it(e):rt(e)),ot=()=>`Sale`,st=()=>`Oferta`,ct=((e={},t={})=>(t.locale??w())===`es`?st(e):ot(e)),lt=()=>`Name, part number or barcode`,ut=()=>`Nombre, referencia o código de barras`,dt=((e={},t={})=>(t.locale??w())===`es`?ut(e):lt(e)),ft=()=>`A page`,pt=()=>`Por página`,mt=((e={},t={})=>(t.locale??w())===`es`?pt(e):ft(e)),ht=()=>`Category`,gt=()=>`Categoría`,_t=((e={},t={})=>(t.locale??w())===`es`?gt(e):ht(e)),vt=e=>`Copied to ${e?.n} items`,yt=e=>`Copiado a ${e?.n} artículos`,bt=((e,t={})=>(t.locale??w())===`es`?yt(e):vt(e)),xt=()=>`Copy down`,St=()=>`Copiar abajo`,Ct=((e={},t={})=>(t.locale??w())===`es`?St(e):xt(e)),wt=()=>`Copy down the sale end`,Tt=()=>`Copiar abajo el fin de oferta`,Et=((e={},t={})=>(t.locale??w())===`es`?Tt(e):wt(e)),Dt=()=>`Copy down the sale start`,Ot=()=>`Copiar abajo el inicio de oferta`,kt=((e={},t={})=>(t.locale??w())===`es`?Ot(e):Dt(e)),At=()=>`Enter the first day, too.`,jt=()=>`Escribe también el primer día.`,R=((e={},t={})=>(t.locale??w())===`es`?jt(e):At(e)),Mt=()=>`The last day is before the first.`,Nt=()=>`El último día es anterior al primero.`,z=((e={},t={})=>(t.locale??w())===`es`?Nt(e):Mt(e)),Pt=e=>{let t=F(`en`,e?.count,{});return t===`one`?`Sale dates of ${e?.n} item saved`:t===`other`?`Sale dates of ${e?.n} items saved`:`dates_saved`},Ft=e=>{let t=F(`es`,e?.count,{});return t===`one`?`Fechas de ${e?.n} artículo guardadas`:t===`other`?`Fechas de ${e?.n} artículos guardadas`:`dates_saved`},B=((e,t={})=>(t.locale??w())===`es`?Ft(e):Pt(e)),It=e=>`All ${e?.n} on this page`,Lt=e=>`Los ${e?.n} de esta página`,Rt=((e,t={})=>(t.locale??w())===`es`?Lt(e):It(e)),zt=e=>`Sale end of ${e?.name}`,Bt=e=>`Fin de oferta de ${e?.name}`,Vt=((e,t={})=>(t.locale??w())===`es`?Bt(e):zt(e)),Ht=e=>`${e?.name} (${e?.n})`,Ut=e=>`${e?.name} (${e?.n})`,V=((e,t={})=>(t.locale??w())===`es`?Ut(e):Ht(e)),Wt=()=>`On sale now`,Gt=()=>`En oferta ahora`,Kt=((e={},t={})=>(t.locale??w())===`es`?Gt(e):Wt(e)),qt=()=>`Sale planned`,Jt=()=>`Oferta planificada`,Yt=((e={},t={})=>(t.locale??w())===`es`?Jt(e):qt(e)),Xt=()=>`Price does not show`,Zt=()=>`El precio no se muestra`,Qt=((e={},t={})=>(t.locale??w())===`es`?Zt(e):Xt(e)),$t=()=>`Now`,en=()=>`Ahora`,H=((e={},t={})=>(t.locale??w())===`es`?en(e):$t(e)),tn=()=>`Regular`,nn=()=>`Normal`,U=((e={},t={})=>(t.locale??w())===`es`?nn(e):tn(e)),rn=()=>`Sale`,an=()=>`Oferta`,W=((e={},t={})=>(t.locale??w())===`es`?an(e):rn(e)),on=()=>`Lower price held`,sn=()=>`Bajada retenida`,cn=((e={},t={})=>(t.locale??w())===`es`?sn(e):on(e)),ln=()=>`No regular price`,un=()=>`Sin precio normal`,dn=((e={},t={})=>(t.locale??w())===`es`?un(e):ln(e)),fn=()=>`No sale price`,pn=()=>`Sin precio de oferta`,mn=((e={},t={})=>(t.locale??w())===`es`?pn(e):fn(e)),hn=()=>`Sale price not lower`,gn=()=>`La oferta no es menor`,_n=((e={},t={})=>(t.locale??w())===`es`?gn(e):hn(e)),vn=()=>`Not linked`,yn=()=>`Sin vincular`,bn=((e={},t={})=>(t.locale??w())===`es`?yn(e):vn(e)),xn=()=>`Sale end`,Sn=()=>`Fin de oferta`,G=((e={},t={})=>(t.locale??w())===`es`?Sn(e):xn(e)),Cn=e=>`from ${e?.from}`,wn=e=>`desde ${e?.from}`,Tn=((e,t={})=>(t.locale??w())===`es`?wn(e):Cn(e)),En=e=>`${e?.from} to ${e?.to}`,Dn=e=>`${e?.from} a ${e?.to}`,On=((e,t={})=>(t.locale??w())===`es`?Dn(e):En(e)),kn=()=>`no sale`,An=()=>`sin oferta`,jn=((e={},t={})=>(t.locale??w())===`es`?An(e):kn(e)),Mn=()=>`Sale start`,Nn=()=>`Inicio de oferta`,K=((e={},t={})=>(t.locale??w())===`es`?Nn(e):Mn(e)),Pn=e=>`Sale start of ${e?.name}`,Fn=e=>`Inicio de oferta de ${e?.name}`,In=((e,t={})=>(t.locale??w())===`es`?Fn(e):Pn(e)),Ln=()=>`Sale end for this page`,Rn=()=>`Fin de oferta para esta página`,zn=((e={},t={})=>(t.locale??w())===`es`?Rn(e):Ln(e)),q=()=>`Sale start for this page`,Bn=()=>`Inicio de oferta para esta página`,Vn=((e={},t={})=>(t.locale??w())===`es`?Bn(e):q(e)),J=e(b(),1);function Hn(e,t,n){let r=new Map(e);for(let[e,i]of n){let n=t.get(e);if(!n)continue;let a={...r.get(e)??n,...i};a.start===n.start&&a.end===n.end?r.delete(e):r.set(e,a)}return r}function Y({start:e,end:t}){return t&&!e?`start`:t&&t<e?`end`:void 0}x(`
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
`);var Un=x(`
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
`),Wn=x(`
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
`),Gn=x(`
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
`),Kn=x(`
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
`),qn=x(`
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
`),X=m();function Jn({where:e,onClose:t,onSaved:n}){let[r,i]=(0,J.useState)({start:``,end:``}),[a,o]=(0,J.useState)(!1),[s,l]=(0,J.useState)(),u=O(Wn),f=Y(r),m={where:e,startDate:r.start||null,endDate:r.end||null},[g,_]=d({query:Gn,variables:{input:m},pause:f!==void 0}),v=f?void 0:g.data?.previewSaleDates,b=async()=>{if(!v)return;let{ok:e,data:r,userErrors:i}=await u.run({input:{...m,expectedCount:v.count,...a&&{acknowledge:[`EVERY_PRODUCT`]}}});if(i.some(e=>e.code===`COUNT_CHANGED`)){l(_e()),_({requestPolicy:`network-only`});return}if(l(i[0]?.message),!e)return;let o=r?.setSaleDates.changed??0;N(B({count:o,n:T(o)})),n(),t()};return(0,X.jsxs)(j,{title:ke(),open:!0,onClose:t,acts:(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(p,{onClick:t,children:A()}),(0,X.jsx)(p,{look:`primary`,busy:u.busy,disabled:!v||v.changing===0||v.needsAcknowledgement&&!a,onClick:()=>void b(),children:Ce({n:T(v?.changing??0)})})]}),children:[(0,X.jsxs)(`div`,{className:`fields pair`,children:[(0,X.jsx)(E,{label:K(),type:`date`,value:r.start,error:f===`start`?R():void 0,onChange:e=>i({...r,start:e})}),(0,X.jsx)(E,{label:G(),type:`date`,value:r.end,error:f===`end`?z():void 0,onChange:e=>i({...r,end:e})})]}),!f&&(0,X.jsx)(y,{result:g,again:_,children:({previewSaleDates:e})=>(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(`p`,{className:`gap`,role:`status`,children:r.start?Ee({n:T(e.changing),of:T(e.count)}):ge({n:T(e.changing),of:T(e.count)})}),r.start&&e.withoutSalePrice>0&&(0,X.jsx)(`p`,{className:`t-warn`,children:Me({count:e.withoutSalePrice,n:T(e.withoutSalePrice)})}),e.examples.length>0&&(0,X.jsx)(`ul`,{className:`found`,children:e.examples.map(e=>(0,X.jsxs)(`li`,{children:[(0,X.jsxs)(`span`,{children:[(0,X.jsx)(`bdi`,{children:e.product.name}),(0,X.jsx)(`span`,{className:`block small muted`,children:e.after.saleStartDate?e.after.saleEndDate?On({from:c(e.after.saleStartDate),to:c(e.after.saleEndDate)}):Tn({from:c(e.after.saleStartDate)}):jn()})]}),(0,X.jsxs)(`span`,{className:`diff nw`,children:[(0,X.jsx)(`del`,{children:C(e.before.price)}),(0,X.jsx)(h,{name:`right`}),(0,X.jsx)(`ins`,{children:C(e.after.price)})]})]},e.product.id))}),e.needsAcknowledgement&&(0,X.jsxs)(`label`,{className:`tick`,children:[(0,X.jsx)(`input`,{type:`checkbox`,checked:a,onChange:e=>o(e.target.checked)}),(0,X.jsx)(`span`,{children:be()})]})]})}),s&&(0,X.jsx)(`p`,{className:`t-bad gap`,role:`alert`,children:s})]})}async function Z(e,t){let n=[...t].map(([e,{start:t,end:n}])=>({productId:e,startDate:t||null,endDate:n||null})),{data:r,error:i}=await e.mutation(Kn,{input:{products:n}}).toPromise();if(i)return{ok:!1,message:f(i).message,byProduct:new Map};let a=new Map;r?.saveSaleDates.results.forEach(({userErrors:e},t)=>{let r=n[t];r&&e.length>0&&a.set(r.productId,e.map(e=>e.message).join(` `))});let o=r?.saveSaleDates.userErrors[0]?.message;return{ok:o===void 0&&a.size===0,message:o,byProduct:a}}var Q=e=>({start:e.effectivePrice.saleStartDate??``,end:e.effectivePrice.saleEndDate??``});function Yn({rows:e,onSaved:t}){let n=_(),r=M(),[i,a]=(0,J.useState)(new Map),[o,c]=(0,J.useState)({start:``,end:``}),[l,u]=(0,J.useState)(!1),[d,f]=(0,J.useState)(new Map),m=(0,J.useRef)([]),h=(0,J.useRef)(null),g=(0,J.useMemo)(()=>new Map(e.map(e=>[e.id,Q(e)])),[e]),v=(0,J.useRef)(g);v.current=g;let y=(0,J.useCallback)(e=>{a(t=>(m.current=[...m.current.slice(-49),t],Hn(t,v.current,e)))},[]),b=(0,J.useCallback)((e,t,n)=>y(new Map([[e,{[t]:n}]])),[y]),x=t=>{y(new Map(e.map(e=>[e.id,{[t]:o[t]}]))),s(bt({n:T(e.length)}))},S=()=>{a(new Map),m.current=[]},C=e=>{if((e.ctrlKey||e.metaKey)&&e.key===`z`&&m.current.length>0&&(e.preventDefault(),a(m.current.pop()??new Map)),e.key!==`Enter`||!(e.target instanceof HTMLInputElement))return;e.preventDefault();let t=[...h.current?.querySelectorAll(`[data-col=${e.target.dataset.col}]`)??[]];t[t.indexOf(e.target)+(e.shiftKey?-1:1)]?.focus()},w=[...i.values()].filter(e=>Y(e)!==void 0).length,E=async()=>{u(!0);let e=new Map([...i.keys()].map(e=>[e,g.get(e)??{start:``,end:``}])),{ok:r,message:a,byProduct:o}=await Z(n,i);u(!1),f(o),r?(S(),t(),N(B({count:e.size,n:T(e.size)}),{label:de(),run:()=>void Z(n,e).then(e=>{e.message&&P(e.message),t()})})):(o.size===0&&a&&P(a),requestAnimationFrame(()=>h.current?.querySelector(`[aria-invalid=true]`)?.focus()))};return(0,X.jsxs)(X.Fragment,{children:[(0,X.jsxs)(`table`,{className:`list dates`,ref:h,onKeyDown:C,children:[(0,X.jsxs)(`thead`,{children:[(0,X.jsxs)(`tr`,{children:[(0,X.jsx)(`th`,{children:se()}),(0,X.jsx)(`th`,{className:`num`,children:U()}),(0,X.jsx)(`th`,{className:`num`,children:W()}),(0,X.jsx)(`th`,{className:`num`,children:H()}),(0,X.jsx)(`th`,{children:K()}),(0,X.jsx)(`th`,{children:G()})]}),r&&(0,X.jsxs)(`tr`,{className:`every`,children:[(0,X.jsx)(`th`,{colSpan:4,scope:`row`,children:Rt({n:T(e.length)})}),[`start`,`end`].map(e=>(0,X.jsx)(`td`,{children:(0,X.jsxs)(`span`,{className:`copy`,children:[(0,X.jsx)(`input`,{type:`date`,className:`in`,"aria-label":e===`start`?Vn():zn(),value:o[e],onChange:t=>c({...o,[e]:t.target.value})}),(0,X.jsx)(p,{look:`quiet`,small:!0,icon:`copydown`,"aria-label":e===`start`?kt():Et(),onClick:()=>x(e),children:Ct()})]})},e))]})]}),(0,X.jsx)(`tbody`,{children:e.map(e=>(0,X.jsx)(Zn,{product:e,dates:i.get(e.id),refused:d.get(e.id),onChange:b},e.id))})]}),i.size>0&&(0,X.jsx)(fe,{changes:i.size,problems:w,saving:l,onSave:()=>void E(),onDiscard:S}),(0,X.jsx)(pe,{dirty:i.size>0&&!l,count:i.size})]})}var Xn={NOT_LINKED:bn,NO_REGULAR_PRICE:dn,NO_SALE_PRICE:mn,SALE_PRICE_NOT_BELOW_REGULAR:_n,PRICE_HELD:cn},Zn=(0,J.memo)(function({product:e,dates:t,refused:n,onChange:r}){let i=Q(e),a=t??i,o=Y(a),s=e.effectivePrice.salePrice,c=e.effectivePrice,l=o===`start`?R():o===`end`?z():n,u=o??(n?`end`:void 0);return(0,X.jsxs)(`tr`,{children:[(0,X.jsxs)(`td`,{className:`two full wrap`,children:[(0,X.jsx)(`bdi`,{children:e.name}),(0,X.jsx)(`div`,{className:`muted`,children:[e.brand,e.mpn||e.key].filter(Boolean).join(` · `)}),c.problems.length>0&&(0,X.jsx)(`div`,{className:`tags`,children:c.problems.map(e=>(0,X.jsx)(`span`,{title:e.message,children:(0,X.jsx)(le,{tone:`warn`,children:Xn[e.code]()})},e.code))})]}),(0,X.jsx)(`td`,{className:`num`,"data-l":U(),children:C(c.regularPrice)}),(0,X.jsx)(`td`,{className:`num`,"data-l":W(),children:s&&/[1-9]/.test(s.amount)?C(s):(0,X.jsx)(`span`,{className:`muted`,children:`–`})}),(0,X.jsx)(`td`,{className:`num`,"data-l":H(),children:c.onSale?(0,X.jsx)(`b`,{children:C(c.price)}):C(c.price)}),[`start`,`end`].map(t=>(0,X.jsxs)(`td`,{className:`full`,"data-l":t===`start`?K():G(),children:[(0,X.jsx)(`input`,{type:`date`,"data-col":t,className:`in${a[t]===i[t]?``:` changed`}${u===t?` bad`:``}`,"aria-label":t===`start`?In({name:e.name}):Vt({name:e.name}),"aria-invalid":u===t||void 0,"aria-describedby":u===t?`e-${e.id}`:void 0,value:a[t],onChange:n=>r(e.id,t,n.target.value)}),u===t&&(0,X.jsx)(`span`,{className:`field`,children:(0,X.jsx)(ee,{id:`e-${e.id}`,children:l})})]},t))]})}),$=(e,t=[])=>!e||t.some(t=>t.value.toLowerCase()===e.toLowerCase())?t:[{value:e,label:e},...t];function Qn(){let e=a({strict:!1}),s=u(),{timeZone:c}=l(),f=e.size===`100`?100:50,m=(0,J.useMemo)(()=>({active:!0,...e.brand&&{brand:e.brand},...e.category&&{category:e.category},...e.q&&{search:e.q},...e.only===`planned`&&{salePlanned:!0},...e.only===`now`&&{onSale:!0},...e.only===`problems`&&{priceProblems:!0}}),[e.brand,e.category,e.q,e.only]),[h,_]=d({query:Un,variables:{...te(e,f),where:m}}),[b]=d({query:qn,variables:{where:m}}),x=b.data?.catalogueFacets,[C,w]=(0,J.useState)(!1),{after:E,before:ee,...O}=e,A=e=>void s({to:`.`,search:{...O,...e},replace:!0}),j=h.data?.pricingSettings,M=!!(e.q||e.brand||e.category||e.only);return(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(v,{title:i(),lead:Ve({zone:n(c)})}),(0,X.jsxs)(`div`,{className:`stack`,children:[j&&(!j.enabled||!j.salePriceLevel)&&(0,X.jsx)(r,{tone:`warn`,title:j.enabled?We():nt(),acts:(0,X.jsx)(t,{to:`/settings/prices`,className:`btn`,children:o()}),children:at()}),(0,X.jsx)(ie,{children:(0,X.jsxs)(S,{title:(0,X.jsx)(`span`,{className:`sr`,children:i()}),className:`lists`,flush:!0,children:[(0,X.jsxs)(`div`,{className:`filters`,children:[(0,X.jsx)(D,{label:ue(),none:k(),value:e.brand??``,onChange:e=>A({brand:e}),choices:$(e.brand,x?.brands.map(e=>({value:e.name,label:V({name:e.name,n:T(e.count)})})))}),(0,X.jsx)(D,{label:_t(),none:k(),value:e.category??``,onChange:e=>A({category:e}),choices:$(e.category,x?.categories.map(e=>({value:e.path,label:V({name:` `.repeat(e.path.split(`/`).length-1)+e.name,n:T(e.count)})})))}),(0,X.jsx)(D,{label:ct(),none:k(),value:e.only??``,onChange:e=>A({only:e}),choices:[{value:`planned`,label:Yt()},{value:`now`,label:Kt()},{value:`problems`,label:Qt()}]}),(0,X.jsx)(ae,{label:dt(),value:e.q??``,onChange:e=>A({q:e})}),(0,X.jsx)(D,{label:mt(),value:f===100?`100`:`50`,onChange:e=>A({size:e===`100`?`100`:void 0}),choices:[{value:`50`,label:`50`},{value:`100`,label:`100`}]})]}),(0,X.jsx)(y,{result:h,again:_,rows:10,children:({products:n})=>n.edges.length===0?(0,X.jsx)(`div`,{className:`pad24`,children:(0,X.jsx)(g,{icon:`search`,title:e.q||e.brand||e.category?Xe():qe(),act:M&&(0,X.jsx)(t,{to:`/catalog/items`,className:`btn`,children:oe()}),children:!M&&$e()})}):(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(Yn,{rows:n.edges.map(e=>e.node),onSaved:()=>_({requestPolicy:`network-only`})},`${n.pageInfo.startCursor}${f}`),(0,X.jsx)(ne,{info:n.pageInfo,text:ce({count:n.totalCount,n:T(n.totalCount)}),go:e=>void s({to:`.`,search:{...O,...e}})}),(0,X.jsx)(re,{children:(0,X.jsxs)(`div`,{className:`filters end`,children:[(0,X.jsx)(`span`,{className:`muted grow`,children:Re()}),(0,X.jsx)(p,{onClick:()=>w(!0),children:Fe({count:n.totalCount,n:T(n.totalCount)})})]})}),C&&(0,X.jsx)(Jn,{where:m,onClose:()=>w(!1),onSaved:()=>_({requestPolicy:`network-only`})})]})})]})})]})]})}export{Qn as Page};