import{t as e}from"./link-n6A3hOjd.js";import{G as t,J as n,K as r,L as i,P as a,T as o,Y as s,_ as c,v as l}from"./index-BzrYkd9H.js";import{d as u,f as d,i as f,m as p,n as m,o as h,t as g}from"./Button-DTpzbii0.js";import{b as _,c as v,i as y,m as b,n as x,o as S,p as C,r as w,t as T,x as E}from"./Panel-BSITHXaU.js";import{a as D,r as O,t as k}from"./Field-CpxI47NP.js";import{n as ee,t as te}from"./Pager-BknfrRj8.js";import{n as ne,r as A,t as re}from"./Role-7JL9RIRx.js";import{t as ie}from"./SearchField-DqJW-Q0O.js";import{t as j}from"./any-Bh2U49IQ.js";import{t as M}from"./cancel-BD7N08gz.js";import{t as N}from"./Dialog-Bej1GjPS.js";import{n as ae,o as P,s as F}from"./data-BBnnGekE.js";import{t as oe}from"./filters_clear-DLTO8O0b.js";import{t as se}from"./item-yKpLySKI.js";import{t as ce}from"./items_n-BjNDALKG.js";import{r as le}from"./Pill-CQDIYMN-.js";import{t as ue}from"./review_brand-BhQTWJNx.js";import{t as de}from"./undo-CXGcH8AW.js";import{r as fe,t as pe}from"./settings-Cyt2L9jI.js";import{t as I}from"./registry-B1INsJo1.js";var me=e=>`Without a start there is no sale: ends it for ${e?.n} of ${e?.of} items.`,he=e=>`Sin inicio no hay oferta: la termina para ${e?.n} de ${e?.of} artículos.`,ge=((e,t={})=>(t.locale??h())===`es`?he(e):me(e)),L=()=>`Meanwhile the filters find another number of items. Look again.`,_e=()=>`Mientras tanto los filtros encuentran otro número de artículos. Vuelve a mirar.`,ve=((e={},t={})=>(t.locale??h())===`es`?_e(e):L(e)),ye=()=>`I know that this is every item of the website.`,be=()=>`Sé que son todos los artículos del sitio web.`,xe=((e={},t={})=>(t.locale??h())===`es`?be(e):ye(e)),Se=e=>`Set ${e?.n}`,Ce=e=>`Cambiar ${e?.n}`,we=((e,t={})=>(t.locale??h())===`es`?Ce(e):Se(e)),Te=e=>`Sets the dates of ${e?.n} of ${e?.of} items.`,Ee=e=>`Cambia las fechas de ${e?.n} de ${e?.of} artículos.`,De=((e,t={})=>(t.locale??h())===`es`?Ee(e):Te(e)),Oe=()=>`The same sale dates for all that fit`,ke=()=>`Las mismas fechas para todo lo que cumple`,Ae=((e={},t={})=>(t.locale??h())===`es`?ke(e):Oe(e)),je=e=>{let t=I(`en`,e?.count,{});return t===`one`?`${e?.n} of them has no sale price below the regular one, and keeps that.`:t===`other`?`${e?.n} of them have no sale price below the regular one, and keep that.`:`all_without`},Me=e=>{let t=I(`es`,e?.count,{});return t===`one`?`${e?.n} de ellos no tiene precio de oferta menor y mantiene el normal.`:t===`other`?`${e?.n} de ellos no tienen precio de oferta menor y mantienen el normal.`:`all_without`},Ne=((e,t={})=>(t.locale??h())===`es`?Me(e):je(e)),Pe=e=>{let t=I(`en`,e?.count,{});return t===`one`?`Dates for all ${e?.n} item…`:t===`other`?`Dates for all ${e?.n} items…`:`catalogue_all`},Fe=e=>{let t=I(`es`,e?.count,{});return t===`one`?`Fechas para ${e?.n} artículo…`:t===`other`?`Fechas para los ${e?.n} artículos…`:`catalogue_all`},Ie=((e,t={})=>(t.locale??h())===`es`?Fe(e):Pe(e)),Le=()=>`The same dates for everything that fits the filters:`,Re=()=>`Las mismas fechas para todo lo que cumple los filtros:`,ze=((e={},t={})=>(t.locale??h())===`es`?Re(e):Le(e)),Be=e=>`Plan sales: from midnight of the first day to the end of the last one, ${e?.zone}.`,Ve=e=>`Planifica ofertas: desde la medianoche del primer día hasta el final del último, ${e?.zone}.`,He=((e,t={})=>(t.locale??h())===`es`?Ve(e):Be(e)),Ue=()=>`No sale price level is chosen`,We=()=>`No se ha elegido el nivel de precio de oferta`,Ge=((e={},t={})=>(t.locale??h())===`es`?We(e):Ue(e)),Ke=()=>`The website has sent no items yet.`,qe=()=>`El sitio web todavía no ha enviado artículos.`,Je=((e={},t={})=>(t.locale??h())===`es`?qe(e):Ke(e)),Ye=()=>`No item fits these filters.`,Xe=()=>`Ningún artículo cumple estos filtros.`,Ze=((e={},t={})=>(t.locale??h())===`es`?Xe(e):Ye(e)),Qe=()=>`POS pricing is off`,$e=()=>`Los precios del TPV están desactivados`,et=((e={},t={})=>(t.locale??h())===`es`?$e(e):Qe(e)),tt=()=>`Sale dates can be planned, and take effect once prices come from Lightspeed with a sale level.`,nt=()=>`Las fechas se pueden planificar y surten efecto cuando los precios vengan de Lightspeed con un nivel de oferta.`,rt=((e={},t={})=>(t.locale??h())===`es`?nt(e):tt(e)),it=()=>`Sale`,at=()=>`Oferta`,ot=((e={},t={})=>(t.locale??h())===`es`?at(e):it(e)),st=()=>`Name, part number or barcode`,ct=()=>`Nombre, referencia o código de barras`,lt=((e={},t={})=>(t.locale??h())===`es`?ct(e):st(e)),ut=()=>`A page`,dt=()=>`Por página`,ft=((e={},t={})=>(t.locale??h())===`es`?dt(e):ut(e)),pt=()=>`Category`,mt=()=>`Categoría`,ht=((e={},t={})=>(t.locale??h())===`es`?mt(e):pt(e)),gt=e=>`Copied to ${e?.n} items`,_t=e=>`Copiado a ${e?.n} artículos`,vt=((e,t={})=>(t.locale??h())===`es`?_t(e):gt(e)),yt=()=>`Copy down the sale end`,bt=()=>`Copiar abajo el fin de oferta`,xt=((e={},t={})=>(t.locale??h())===`es`?bt(e):yt(e)),St=()=>`Copy down the sale start`,Ct=()=>`Copiar abajo el inicio de oferta`,wt=((e={},t={})=>(t.locale??h())===`es`?Ct(e):St(e)),Tt=()=>`Enter the first day, too.`,Et=()=>`Escribe también el primer día.`,R=((e={},t={})=>(t.locale??h())===`es`?Et(e):Tt(e)),Dt=()=>`The last day is before the first.`,Ot=()=>`El último día es anterior al primero.`,z=((e={},t={})=>(t.locale??h())===`es`?Ot(e):Dt(e)),kt=e=>{let t=I(`en`,e?.count,{});return t===`one`?`Sale dates of ${e?.n} item saved`:t===`other`?`Sale dates of ${e?.n} items saved`:`dates_saved`},At=e=>{let t=I(`es`,e?.count,{});return t===`one`?`Fechas de ${e?.n} artículo guardadas`:t===`other`?`Fechas de ${e?.n} artículos guardadas`:`dates_saved`},B=((e,t={})=>(t.locale??h())===`es`?At(e):kt(e)),jt=e=>`All ${e?.n} on this page`,Mt=e=>`Los ${e?.n} de esta página`,Nt=((e,t={})=>(t.locale??h())===`es`?Mt(e):jt(e)),Pt=e=>`Sale end of ${e?.name}`,Ft=e=>`Fin de oferta de ${e?.name}`,It=((e,t={})=>(t.locale??h())===`es`?Ft(e):Pt(e)),Lt=e=>`${e?.name} (${e?.n})`,V=e=>`${e?.name} (${e?.n})`,H=((e,t={})=>(t.locale??h())===`es`?V(e):Lt(e)),Rt=()=>`On sale now`,zt=()=>`En oferta ahora`,Bt=((e={},t={})=>(t.locale??h())===`es`?zt(e):Rt(e)),Vt=()=>`Sale planned`,Ht=()=>`Oferta planificada`,Ut=((e={},t={})=>(t.locale??h())===`es`?Ht(e):Vt(e)),Wt=()=>`Price does not show`,Gt=()=>`El precio no se muestra`,Kt=((e={},t={})=>(t.locale??h())===`es`?Gt(e):Wt(e)),qt=()=>`Now`,Jt=()=>`Ahora`,U=((e={},t={})=>(t.locale??h())===`es`?Jt(e):qt(e)),Yt=()=>`Regular`,Xt=()=>`Normal`,W=((e={},t={})=>(t.locale??h())===`es`?Xt(e):Yt(e)),Zt=()=>`Sale`,Qt=()=>`Oferta`,G=((e={},t={})=>(t.locale??h())===`es`?Qt(e):Zt(e)),$t=()=>`Lower price held`,en=()=>`Bajada retenida`,tn=((e={},t={})=>(t.locale??h())===`es`?en(e):$t(e)),nn=()=>`No regular price`,rn=()=>`Sin precio normal`,an=((e={},t={})=>(t.locale??h())===`es`?rn(e):nn(e)),on=()=>`No sale price`,sn=()=>`Sin precio de oferta`,cn=((e={},t={})=>(t.locale??h())===`es`?sn(e):on(e)),ln=()=>`Sale price not lower`,un=()=>`La oferta no es menor`,dn=((e={},t={})=>(t.locale??h())===`es`?un(e):ln(e)),fn=()=>`Not linked`,pn=()=>`Sin vincular`,mn=((e={},t={})=>(t.locale??h())===`es`?pn(e):fn(e)),hn=()=>`Sale end`,gn=()=>`Fin de oferta`,K=((e={},t={})=>(t.locale??h())===`es`?gn(e):hn(e)),_n=e=>`from ${e?.from}`,vn=e=>`desde ${e?.from}`,yn=((e,t={})=>(t.locale??h())===`es`?vn(e):_n(e)),bn=e=>`${e?.from} to ${e?.to}`,xn=e=>`${e?.from} a ${e?.to}`,Sn=((e,t={})=>(t.locale??h())===`es`?xn(e):bn(e)),Cn=()=>`no sale`,wn=()=>`sin oferta`,Tn=((e={},t={})=>(t.locale??h())===`es`?wn(e):Cn(e)),En=()=>`Sale start`,Dn=()=>`Inicio de oferta`,q=((e={},t={})=>(t.locale??h())===`es`?Dn(e):En(e)),On=e=>`Sale start of ${e?.name}`,kn=e=>`Inicio de oferta de ${e?.name}`,An=((e,t={})=>(t.locale??h())===`es`?kn(e):On(e)),jn=()=>`Sale end for this page`,Mn=()=>`Fin de oferta para esta página`,Nn=((e={},t={})=>(t.locale??h())===`es`?Mn(e):jn(e)),Pn=()=>`Sale start for this page`,Fn=()=>`Inicio de oferta para esta página`,In=((e={},t={})=>(t.locale??h())===`es`?Fn(e):Pn(e)),J=p(d(),1);function Ln(e,t,n){let r=new Map(e);for(let[e,i]of n){let n=t.get(e);if(!n)continue;let a={...r.get(e)??n,...i};a.start===n.start&&a.end===n.end?r.delete(e):r.set(e,a)}return r}function Y({start:e,end:t}){return t&&!e?`start`:t&&t<e?`end`:void 0}w(`
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
`);var Rn=w(`
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
`),zn=w(`
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
`),Bn=w(`
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
`),Vn=w(`
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
`),Hn=w(`
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
`),X=u();function Un({where:e,onClose:t,onSaved:n}){let[r,i]=(0,J.useState)({start:``,end:``}),[a,o]=(0,J.useState)(!1),[s,c]=(0,J.useState)(),u=A(zn),d=Y(r),p={where:e,startDate:r.start||null,endDate:r.end||null},[m,h]=E({query:Bn,variables:{input:p},pause:d!==void 0}),_=d?void 0:m.data?.previewSaleDates,v=async()=>{if(!_)return;let{ok:e,data:r,userErrors:i}=await u.run({input:{...p,expectedCount:_.count,...a&&{acknowledge:[`EVERY_PRODUCT`]}}});if(i.some(e=>e.code===`COUNT_CHANGED`)){c(ve()),h({requestPolicy:`network-only`});return}if(c(i[0]?.message),!e)return;let o=r?.setSaleDates.changed??0;P(B({count:o,n:b(o)})),n(),t()};return(0,X.jsxs)(N,{title:Ae(),open:!0,onClose:t,acts:(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(g,{onClick:t,children:M()}),(0,X.jsx)(g,{look:`primary`,busy:u.busy,disabled:!_||_.changing===0||_.needsAcknowledgement&&!a,onClick:()=>void v(),children:we({n:b(_?.changing??0)})})]}),children:[(0,X.jsxs)(`div`,{className:`fields pair`,children:[(0,X.jsx)(D,{label:q(),type:`date`,value:r.start,error:d===`start`?R():void 0,onChange:e=>i({...r,start:e})}),(0,X.jsx)(D,{label:K(),type:`date`,value:r.end,error:d===`end`?z():void 0,onChange:e=>i({...r,end:e})})]}),!d&&(0,X.jsx)(S,{result:m,again:h,children:({previewSaleDates:e})=>(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(`p`,{className:`gap`,role:`status`,children:r.start?De({n:b(e.changing),of:b(e.count)}):ge({n:b(e.changing),of:b(e.count)})}),r.start&&e.withoutSalePrice>0&&(0,X.jsx)(`p`,{className:`t-warn`,children:Ne({count:e.withoutSalePrice,n:b(e.withoutSalePrice)})}),e.examples.length>0&&(0,X.jsx)(`ul`,{className:`found`,children:e.examples.map(e=>(0,X.jsxs)(`li`,{children:[(0,X.jsxs)(`span`,{children:[(0,X.jsx)(`bdi`,{children:e.product.name}),(0,X.jsx)(`span`,{className:`block small muted`,children:e.after.saleStartDate?e.after.saleEndDate?Sn({from:l(e.after.saleStartDate),to:l(e.after.saleEndDate)}):yn({from:l(e.after.saleStartDate)}):Tn()})]}),(0,X.jsxs)(`span`,{className:`diff nw`,children:[(0,X.jsx)(`del`,{children:C(e.before.price)}),(0,X.jsx)(f,{name:`right`}),(0,X.jsx)(`ins`,{children:C(e.after.price)})]})]},e.product.id))}),e.needsAcknowledgement&&(0,X.jsxs)(`label`,{className:`tick`,children:[(0,X.jsx)(`input`,{type:`checkbox`,checked:a,onChange:e=>o(e.target.checked)}),(0,X.jsx)(`span`,{children:xe()})]})]})}),s&&(0,X.jsx)(`p`,{className:`t-bad gap`,role:`alert`,children:s})]})}async function Z(e,t){let n=[...t].map(([e,{start:t,end:n}])=>({productId:e,startDate:t||null,endDate:n||null})),{data:r,error:i}=await e.mutation(Vn,{input:{products:n}}).toPromise();if(i)return{ok:!1,message:v(i).message,byProduct:new Map};let a=new Map;r?.saveSaleDates.results.forEach(({userErrors:e},t)=>{let r=n[t];r&&e.length>0&&a.set(r.productId,e.map(e=>e.message).join(` `))});let o=r?.saveSaleDates.userErrors[0]?.message;return{ok:o===void 0&&a.size===0,message:o,byProduct:a}}var Q=e=>({start:e.effectivePrice.saleStartDate??``,end:e.effectivePrice.saleEndDate??``});function Wn({rows:e,onSaved:n}){let r=_(),i=ae(),[a,o]=(0,J.useState)(new Map),[s,c]=(0,J.useState)({start:``,end:``}),[l,u]=(0,J.useState)(!1),[d,f]=(0,J.useState)(new Map),p=(0,J.useRef)([]),h=(0,J.useRef)(null),g=(0,J.useMemo)(()=>new Map(e.map(e=>[e.id,Q(e)])),[e]),v=(0,J.useRef)(g);v.current=g;let y=(0,J.useCallback)(e=>{o(t=>(p.current=[...p.current.slice(-49),t],Ln(t,v.current,e)))},[]),x=(0,J.useCallback)((e,t,n)=>y(new Map([[e,{[t]:n}]])),[y]),S=n=>{y(new Map(e.map(e=>[e.id,{[n]:s[n]}]))),t(vt({n:b(e.length)}))},C=()=>{o(new Map),p.current=[]},w=e=>{if((e.ctrlKey||e.metaKey)&&e.key===`z`&&p.current.length>0&&(e.preventDefault(),o(p.current.pop()??new Map)),e.key!==`Enter`||!(e.target instanceof HTMLInputElement))return;e.preventDefault();let t=[...h.current?.querySelectorAll(`[data-col=${e.target.dataset.col}]`)??[]];t[t.indexOf(e.target)+(e.shiftKey?-1:1)]?.focus()},T=[...a.values()].filter(e=>Y(e)!==void 0).length,E=async()=>{u(!0);let e=new Map([...a.keys()].map(e=>[e,g.get(e)??{start:``,end:``}])),{ok:t,message:i,byProduct:o}=await Z(r,a);u(!1),f(o),t?(C(),n(),P(B({count:e.size,n:b(e.size)}),{label:de(),run:()=>void Z(r,e).then(e=>{e.message&&F(e.message),n()})})):(o.size===0&&i&&F(i),requestAnimationFrame(()=>h.current?.querySelector(`[aria-invalid=true]`)?.focus()))};return(0,X.jsxs)(X.Fragment,{children:[(0,X.jsxs)(`table`,{className:`list dates`,ref:h,onKeyDown:w,children:[(0,X.jsxs)(`thead`,{children:[(0,X.jsxs)(`tr`,{children:[(0,X.jsx)(`th`,{children:se()}),(0,X.jsx)(`th`,{className:`num`,children:W()}),(0,X.jsx)(`th`,{className:`num`,children:G()}),(0,X.jsx)(`th`,{className:`num`,children:U()}),(0,X.jsx)(`th`,{children:q()}),(0,X.jsx)(`th`,{children:K()})]}),i&&(0,X.jsxs)(`tr`,{className:`every`,children:[(0,X.jsx)(`th`,{colSpan:4,scope:`row`,children:Nt({n:b(e.length)})}),[`start`,`end`].map(e=>(0,X.jsx)(`td`,{children:(0,X.jsxs)(`span`,{className:`copy`,children:[(0,X.jsx)(`input`,{type:`date`,className:`in`,"aria-label":e===`start`?In():Nn(),value:s[e],onChange:t=>c({...s,[e]:t.target.value})}),(0,X.jsx)(m,{icon:`copydown`,label:e===`start`?wt():xt(),onClick:()=>S(e)})]})},e))]})]}),(0,X.jsx)(`tbody`,{children:e.map(e=>(0,X.jsx)(Kn,{product:e,dates:a.get(e.id),refused:d.get(e.id),onChange:x},e.id))})]}),a.size>0&&(0,X.jsx)(fe,{changes:a.size,problems:T,saving:l,onSave:()=>void E(),onDiscard:C}),(0,X.jsx)(pe,{dirty:a.size>0&&!l,count:a.size})]})}var Gn={NOT_LINKED:mn,NO_REGULAR_PRICE:an,NO_SALE_PRICE:cn,SALE_PRICE_NOT_BELOW_REGULAR:dn,PRICE_HELD:tn},Kn=(0,J.memo)(function({product:e,dates:t,refused:n,onChange:r}){let i=Q(e),a=t??i,o=Y(a),s=e.effectivePrice.salePrice,c=e.effectivePrice,l=o===`start`?R():o===`end`?z():n,u=o??(n?`end`:void 0);return(0,X.jsxs)(`tr`,{children:[(0,X.jsxs)(`td`,{className:`two full wrap`,children:[(0,X.jsx)(`bdi`,{children:e.name}),(0,X.jsx)(`div`,{className:`muted`,children:[e.brand,e.mpn||e.key].filter(Boolean).join(` · `)}),c.problems.length>0&&(0,X.jsx)(`div`,{className:`tags`,children:c.problems.map(e=>(0,X.jsx)(`span`,{title:e.message,children:(0,X.jsx)(le,{tone:`warn`,children:Gn[e.code]()})},e.code))})]}),(0,X.jsx)(`td`,{className:`num`,"data-l":W(),children:C(c.regularPrice)}),(0,X.jsx)(`td`,{className:`num`,"data-l":G(),children:s&&/[1-9]/.test(s.amount)?C(s):(0,X.jsx)(`span`,{className:`muted`,children:`–`})}),(0,X.jsx)(`td`,{className:`num`,"data-l":U(),children:c.onSale?(0,X.jsx)(`b`,{children:C(c.price)}):C(c.price)}),[`start`,`end`].map(t=>(0,X.jsxs)(`td`,{className:`full`,"data-l":t===`start`?q():K(),children:[(0,X.jsx)(`input`,{type:`date`,"data-col":t,className:`in${a[t]===i[t]?``:` changed`}${u===t?` bad`:``}`,"aria-label":t===`start`?An({name:e.name}):It({name:e.name}),"aria-invalid":u===t||void 0,"aria-describedby":u===t?`e-${e.id}`:void 0,value:a[t],onChange:n=>r(e.id,t,n.target.value)}),u===t&&(0,X.jsx)(`span`,{className:`field`,children:(0,X.jsx)(k,{id:`e-${e.id}`,children:l})})]},t))]})}),$=(e,t=[])=>!e||t.some(t=>t.value.toLowerCase()===e.toLowerCase())?t:[{value:e,label:e},...t];function qn(){let t=s({strict:!1}),l=n(),{timeZone:u}=c(),d=t.size===`100`?100:50,f=(0,J.useMemo)(()=>({active:!0,...t.brand&&{brand:t.brand},...t.category&&{category:t.category},...t.q&&{search:t.q},...t.only===`planned`&&{salePlanned:!0},...t.only===`now`&&{onSale:!0},...t.only===`problems`&&{priceProblems:!0}}),[t.brand,t.category,t.q,t.only]),[p,m]=E({query:Rn,variables:{...ee(t,d),where:f}}),[h]=E({query:Hn,variables:{where:f}}),_=h.data?.catalogueFacets,[v,C]=(0,J.useState)(!1),{after:w,before:D,...k}=t,A=e=>void l({to:`.`,search:{...k,...e},replace:!0}),M=p.data?.pricingSettings,N=!!(t.q||t.brand||t.category||t.only);return(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(x,{title:i(),lead:He({zone:o(u)})}),(0,X.jsxs)(`div`,{className:`stack`,children:[M&&(!M.enabled||!M.salePriceLevel)&&(0,X.jsx)(r,{tone:`warn`,title:M.enabled?Ge():et(),acts:(0,X.jsx)(e,{to:`/settings/prices`,className:`btn`,children:a()}),children:rt()}),(0,X.jsx)(re,{children:(0,X.jsxs)(T,{title:(0,X.jsx)(`span`,{className:`sr`,children:i()}),className:`lists`,flush:!0,children:[(0,X.jsxs)(`div`,{className:`filters`,children:[(0,X.jsx)(O,{label:ue(),none:j(),value:t.brand??``,onChange:e=>A({brand:e}),choices:$(t.brand,_?.brands.map(e=>({value:e.name,label:H({name:e.name,n:b(e.count)})})))}),(0,X.jsx)(O,{label:ht(),none:j(),value:t.category??``,onChange:e=>A({category:e}),choices:$(t.category,_?.categories.map(e=>({value:e.path,label:H({name:` `.repeat(e.path.split(`/`).length-1)+e.name,n:b(e.count)})})))}),(0,X.jsx)(O,{label:ot(),none:j(),value:t.only??``,onChange:e=>A({only:e}),choices:[{value:`planned`,label:Ut()},{value:`now`,label:Bt()},{value:`problems`,label:Kt()}]}),(0,X.jsx)(ie,{label:lt(),value:t.q??``,onChange:e=>A({q:e})}),(0,X.jsx)(O,{label:ft(),value:d===100?`100`:`50`,onChange:e=>A({size:e===`100`?`100`:void 0}),choices:[{value:`50`,label:`50`},{value:`100`,label:`100`}]})]}),(0,X.jsx)(S,{result:p,again:m,rows:10,children:({products:n})=>n.edges.length===0?(0,X.jsx)(`div`,{className:`pad24`,children:(0,X.jsx)(y,{icon:`search`,title:t.q||t.brand||t.category?Ze():Je(),act:N&&(0,X.jsx)(e,{to:`/catalog/items`,className:`btn`,children:oe()})})}):(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(Wn,{rows:n.edges.map(e=>e.node),onSaved:()=>m({requestPolicy:`network-only`})},`${n.pageInfo.startCursor}${d}`),(0,X.jsx)(te,{info:n.pageInfo,text:ce({count:n.totalCount,n:b(n.totalCount)}),go:e=>void l({to:`.`,search:{...k,...e}})}),(0,X.jsx)(ne,{children:(0,X.jsxs)(`div`,{className:`filters end`,children:[(0,X.jsx)(`span`,{className:`muted grow`,children:ze()}),(0,X.jsx)(g,{onClick:()=>C(!0),children:Ie({count:n.totalCount,n:b(n.totalCount)})})]})}),v&&(0,X.jsx)(Un,{where:f,onClose:()=>C(!1),onSaved:()=>m({requestPolicy:`network-only`})})]})})]})})]})]})}export{qn as Page};