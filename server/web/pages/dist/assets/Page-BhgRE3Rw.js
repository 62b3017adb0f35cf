import{t as e}from"./link-n6A3hOjd.js";import{K as t,P as n,R as r,T as i,X as a,Y as o,_ as s,q as c,v as l}from"./index-D06LnNsL.js";import{d as u,f as d,i as f,m as p,n as m,o as h,t as g}from"./Button-DTpzbii0.js";import{b as _,c as v,i as y,m as b,n as x,o as S,p as C,r as w,t as T,x as E}from"./Panel-BSITHXaU.js";import{a as D,r as O,t as k}from"./Field-CpxI47NP.js";import{n as ee,t as te}from"./Pager-BknfrRj8.js";import{n as ne,r as A,t as re}from"./Role-B0GmlsWH.js";import{t as ie}from"./SearchField-Bdvkcpyn.js";import{t as j}from"./any-Bh2U49IQ.js";import{t as M}from"./cancel-BD7N08gz.js";import{t as N}from"./Dialog-Bej1GjPS.js";import{n as ae,o as P,s as F}from"./data-BBnnGekE.js";import{t as oe}from"./filters_clear-DLTO8O0b.js";import{t as se}from"./item-yKpLySKI.js";import{t as ce}from"./items_n-BjNDALKG.js";import{r as le}from"./Pill-CQDIYMN-.js";import{t as ue}from"./review_brand-BhQTWJNx.js";import{t as de}from"./undo-CXGcH8AW.js";import{r as fe,t as pe}from"./settings-kqnfWUDf.js";import{t as I}from"./registry-B1INsJo1.js";var me=e=>`Without a start there is no sale: ends it for ${e?.n} of ${e?.of} items.`,he=e=>`Sin inicio no hay oferta: la termina para ${e?.n} de ${e?.of} artículos.`,ge=((e,t={})=>(t.locale??h())===`es`?he(e):me(e)),L=()=>`Meanwhile the filters find another number of items. Look again.`,_e=()=>`Mientras tanto los filtros encuentran otro número de artículos. Vuelve a mirar.`,ve=((e={},t={})=>(t.locale??h())===`es`?_e(e):L(e)),ye=()=>`I know that this is every item of the website.`,be=()=>`Sé que son todos los artículos del sitio web.`,xe=((e={},t={})=>(t.locale??h())===`es`?be(e):ye(e)),Se=e=>`Set ${e?.n}`,Ce=e=>`Cambiar ${e?.n}`,we=((e,t={})=>(t.locale??h())===`es`?Ce(e):Se(e)),Te=e=>`Sets the dates of ${e?.n} of ${e?.of} items.`,Ee=e=>`Cambia las fechas de ${e?.n} de ${e?.of} artículos.`,De=((e,t={})=>(t.locale??h())===`es`?Ee(e):Te(e)),Oe=()=>`The same sale dates for all that fit`,ke=()=>`Las mismas fechas para todo lo que cumple`,Ae=((e={},t={})=>(t.locale??h())===`es`?ke(e):Oe(e)),je=e=>{let t=I(`en`,e?.count,{});return t===`one`?`${e?.n} of them has no sale price below the regular one, and keeps that.`:t===`other`?`${e?.n} of them have no sale price below the regular one, and keep that.`:`all_without`},Me=e=>{let t=I(`es`,e?.count,{});return t===`one`?`${e?.n} de ellos no tiene precio de oferta menor y mantiene el normal.`:t===`other`?`${e?.n} de ellos no tienen precio de oferta menor y mantienen el normal.`:`all_without`},Ne=((e,t={})=>(t.locale??h())===`es`?Me(e):je(e)),Pe=e=>{let t=I(`en`,e?.count,{});return t===`one`?`Dates for all ${e?.n} item…`:t===`other`?`Dates for all ${e?.n} items…`:`catalogue_all`},Fe=e=>{let t=I(`es`,e?.count,{});return t===`one`?`Fechas para ${e?.n} artículo…`:t===`other`?`Fechas para los ${e?.n} artículos…`:`catalogue_all`},Ie=((e,t={})=>(t.locale??h())===`es`?Fe(e):Pe(e)),Le=()=>`The same dates for everything that fits the filters:`,Re=()=>`Las mismas fechas para todo lo que cumple los filtros:`,ze=((e={},t={})=>(t.locale??h())===`es`?Re(e):Le(e)),Be=e=>`Plan sales: from midnight of the first day to the end of the last one, ${e?.zone}.`,Ve=e=>`Planifica ofertas: desde la medianoche del primer día hasta el final del último, ${e?.zone}.`,He=((e,t={})=>(t.locale??h())===`es`?Ve(e):Be(e)),Ue=()=>`No sale price level is chosen`,We=()=>`No se ha elegido el nivel de precio de oferta`,Ge=((e={},t={})=>(t.locale??h())===`es`?We(e):Ue(e)),Ke=()=>`The website has sent no items yet.`,qe=()=>`El sitio web todavía no ha enviado artículos.`,Je=((e={},t={})=>(t.locale??h())===`es`?qe(e):Ke(e)),Ye=()=>`No item fits these filters.`,Xe=()=>`Ningún artículo cumple estos filtros.`,Ze=((e={},t={})=>(t.locale??h())===`es`?Xe(e):Ye(e)),Qe=()=>`They come from the website’s platform. As soon as it sends them, they are linked with the items of Lightspeed.`,$e=()=>`Vienen de la plataforma del sitio web. En cuanto los envíe, se enlazan con los artículos de Lightspeed.`,et=((e={},t={})=>(t.locale??h())===`es`?$e(e):Qe(e)),tt=()=>`POS pricing is off`,nt=()=>`Los precios del TPV están desactivados`,rt=((e={},t={})=>(t.locale??h())===`es`?nt(e):tt(e)),it=()=>`Sale dates can be planned, and take effect once prices come from Lightspeed with a sale level.`,at=()=>`Las fechas se pueden planificar y surten efecto cuando los precios vengan de Lightspeed con un nivel de oferta.`,ot=((e={},t={})=>(t.locale??h())===`es`?at(e):it(e)),st=()=>`Sale`,ct=()=>`Oferta`,lt=((e={},t={})=>(t.locale??h())===`es`?ct(e):st(e)),ut=()=>`Name, part number or barcode`,dt=()=>`Nombre, referencia o código de barras`,ft=((e={},t={})=>(t.locale??h())===`es`?dt(e):ut(e)),pt=()=>`A page`,mt=()=>`Por página`,ht=((e={},t={})=>(t.locale??h())===`es`?mt(e):pt(e)),gt=()=>`Category`,_t=()=>`Categoría`,vt=((e={},t={})=>(t.locale??h())===`es`?_t(e):gt(e)),yt=e=>`Copied to ${e?.n} items`,bt=e=>`Copiado a ${e?.n} artículos`,xt=((e,t={})=>(t.locale??h())===`es`?bt(e):yt(e)),St=()=>`Copy down the sale end`,Ct=()=>`Copiar abajo el fin de oferta`,wt=((e={},t={})=>(t.locale??h())===`es`?Ct(e):St(e)),Tt=()=>`Copy down the sale start`,Et=()=>`Copiar abajo el inicio de oferta`,Dt=((e={},t={})=>(t.locale??h())===`es`?Et(e):Tt(e)),Ot=()=>`Enter the first day, too.`,kt=()=>`Escribe también el primer día.`,R=((e={},t={})=>(t.locale??h())===`es`?kt(e):Ot(e)),At=()=>`The last day is before the first.`,jt=()=>`El último día es anterior al primero.`,z=((e={},t={})=>(t.locale??h())===`es`?jt(e):At(e)),Mt=e=>{let t=I(`en`,e?.count,{});return t===`one`?`Sale dates of ${e?.n} item saved`:t===`other`?`Sale dates of ${e?.n} items saved`:`dates_saved`},Nt=e=>{let t=I(`es`,e?.count,{});return t===`one`?`Fechas de ${e?.n} artículo guardadas`:t===`other`?`Fechas de ${e?.n} artículos guardadas`:`dates_saved`},B=((e,t={})=>(t.locale??h())===`es`?Nt(e):Mt(e)),Pt=e=>`All ${e?.n} on this page`,Ft=e=>`Los ${e?.n} de esta página`,It=((e,t={})=>(t.locale??h())===`es`?Ft(e):Pt(e)),Lt=e=>`Sale end of ${e?.name}`,Rt=e=>`Fin de oferta de ${e?.name}`,zt=((e,t={})=>(t.locale??h())===`es`?Rt(e):Lt(e)),Bt=e=>`${e?.name} (${e?.n})`,Vt=e=>`${e?.name} (${e?.n})`,V=((e,t={})=>(t.locale??h())===`es`?Vt(e):Bt(e)),Ht=()=>`On sale now`,Ut=()=>`En oferta ahora`,Wt=((e={},t={})=>(t.locale??h())===`es`?Ut(e):Ht(e)),Gt=()=>`Sale planned`,Kt=()=>`Oferta planificada`,qt=((e={},t={})=>(t.locale??h())===`es`?Kt(e):Gt(e)),Jt=()=>`Price does not show`,Yt=()=>`El precio no se muestra`,Xt=((e={},t={})=>(t.locale??h())===`es`?Yt(e):Jt(e)),Zt=()=>`Now`,Qt=()=>`Ahora`,H=((e={},t={})=>(t.locale??h())===`es`?Qt(e):Zt(e)),$t=()=>`Regular`,en=()=>`Normal`,U=((e={},t={})=>(t.locale??h())===`es`?en(e):$t(e)),tn=()=>`Sale`,nn=()=>`Oferta`,W=((e={},t={})=>(t.locale??h())===`es`?nn(e):tn(e)),rn=()=>`Lower price held`,an=()=>`Bajada retenida`,on=((e={},t={})=>(t.locale??h())===`es`?an(e):rn(e)),sn=()=>`No regular price`,cn=()=>`Sin precio normal`,ln=((e={},t={})=>(t.locale??h())===`es`?cn(e):sn(e)),un=()=>`No sale price`,dn=()=>`Sin precio de oferta`,fn=((e={},t={})=>(t.locale??h())===`es`?dn(e):un(e)),pn=()=>`Sale price not lower`,mn=()=>`La oferta no es menor`,hn=((e={},t={})=>(t.locale??h())===`es`?mn(e):pn(e)),gn=()=>`Not linked`,_n=()=>`Sin vincular`,vn=((e={},t={})=>(t.locale??h())===`es`?_n(e):gn(e)),yn=()=>`Sale end`,bn=()=>`Fin de oferta`,G=((e={},t={})=>(t.locale??h())===`es`?bn(e):yn(e)),xn=e=>`from ${e?.from}`,Sn=e=>`desde ${e?.from}`,Cn=((e,t={})=>(t.locale??h())===`es`?Sn(e):xn(e)),wn=e=>`${e?.from} to ${e?.to}`,Tn=e=>`${e?.from} a ${e?.to}`,En=((e,t={})=>(t.locale??h())===`es`?Tn(e):wn(e)),Dn=()=>`no sale`,On=()=>`sin oferta`,kn=((e={},t={})=>(t.locale??h())===`es`?On(e):Dn(e)),An=()=>`Sale start`,jn=()=>`Inicio de oferta`,K=((e={},t={})=>(t.locale??h())===`es`?jn(e):An(e)),Mn=e=>`Sale start of ${e?.name}`,Nn=e=>`Inicio de oferta de ${e?.name}`,Pn=((e,t={})=>(t.locale??h())===`es`?Nn(e):Mn(e)),Fn=()=>`Sale end for this page`,In=()=>`Fin de oferta para esta página`,Ln=((e={},t={})=>(t.locale??h())===`es`?In(e):Fn(e)),Rn=()=>`Sale start for this page`,zn=()=>`Inicio de oferta para esta página`,q=((e={},t={})=>(t.locale??h())===`es`?zn(e):Rn(e)),J=p(d(),1);function Bn(e,t,n){let r=new Map(e);for(let[e,i]of n){let n=t.get(e);if(!n)continue;let a={...r.get(e)??n,...i};a.start===n.start&&a.end===n.end?r.delete(e):r.set(e,a)}return r}function Y({start:e,end:t}){return t&&!e?`start`:t&&t<e?`end`:void 0}w(`
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
`);var Vn=w(`
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
`),Hn=w(`
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
`),Un=w(`
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
`),Wn=w(`
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
`),Gn=w(`
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
`),X=u();function Kn({where:e,onClose:t,onSaved:n}){let[r,i]=(0,J.useState)({start:``,end:``}),[a,o]=(0,J.useState)(!1),[s,c]=(0,J.useState)(),u=A(Hn),d=Y(r),p={where:e,startDate:r.start||null,endDate:r.end||null},[m,h]=E({query:Un,variables:{input:p},pause:d!==void 0}),_=d?void 0:m.data?.previewSaleDates,v=async()=>{if(!_)return;let{ok:e,data:r,userErrors:i}=await u.run({input:{...p,expectedCount:_.count,...a&&{acknowledge:[`EVERY_PRODUCT`]}}});if(i.some(e=>e.code===`COUNT_CHANGED`)){c(ve()),h({requestPolicy:`network-only`});return}if(c(i[0]?.message),!e)return;let o=r?.setSaleDates.changed??0;P(B({count:o,n:b(o)})),n(),t()};return(0,X.jsxs)(N,{title:Ae(),open:!0,onClose:t,acts:(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(g,{onClick:t,children:M()}),(0,X.jsx)(g,{look:`primary`,busy:u.busy,disabled:!_||_.changing===0||_.needsAcknowledgement&&!a,onClick:()=>void v(),children:we({n:b(_?.changing??0)})})]}),children:[(0,X.jsxs)(`div`,{className:`fields pair`,children:[(0,X.jsx)(D,{label:K(),type:`date`,value:r.start,error:d===`start`?R():void 0,onChange:e=>i({...r,start:e})}),(0,X.jsx)(D,{label:G(),type:`date`,value:r.end,error:d===`end`?z():void 0,onChange:e=>i({...r,end:e})})]}),!d&&(0,X.jsx)(S,{result:m,again:h,children:({previewSaleDates:e})=>(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(`p`,{className:`gap`,role:`status`,children:r.start?De({n:b(e.changing),of:b(e.count)}):ge({n:b(e.changing),of:b(e.count)})}),r.start&&e.withoutSalePrice>0&&(0,X.jsx)(`p`,{className:`t-warn`,children:Ne({count:e.withoutSalePrice,n:b(e.withoutSalePrice)})}),e.examples.length>0&&(0,X.jsx)(`ul`,{className:`found`,children:e.examples.map(e=>(0,X.jsxs)(`li`,{children:[(0,X.jsxs)(`span`,{children:[(0,X.jsx)(`bdi`,{children:e.product.name}),(0,X.jsx)(`span`,{className:`block small muted`,children:e.after.saleStartDate?e.after.saleEndDate?En({from:l(e.after.saleStartDate),to:l(e.after.saleEndDate)}):Cn({from:l(e.after.saleStartDate)}):kn()})]}),(0,X.jsxs)(`span`,{className:`diff nw`,children:[(0,X.jsx)(`del`,{children:C(e.before.price)}),(0,X.jsx)(f,{name:`right`}),(0,X.jsx)(`ins`,{children:C(e.after.price)})]})]},e.product.id))}),e.needsAcknowledgement&&(0,X.jsxs)(`label`,{className:`tick`,children:[(0,X.jsx)(`input`,{type:`checkbox`,checked:a,onChange:e=>o(e.target.checked)}),(0,X.jsx)(`span`,{children:xe()})]})]})}),s&&(0,X.jsx)(`p`,{className:`t-bad gap`,role:`alert`,children:s})]})}async function Z(e,t){let n=[...t].map(([e,{start:t,end:n}])=>({productId:e,startDate:t||null,endDate:n||null})),{data:r,error:i}=await e.mutation(Wn,{input:{products:n}}).toPromise();if(i)return{ok:!1,message:v(i).message,byProduct:new Map};let a=new Map;r?.saveSaleDates.results.forEach(({userErrors:e},t)=>{let r=n[t];r&&e.length>0&&a.set(r.productId,e.map(e=>e.message).join(` `))});let o=r?.saveSaleDates.userErrors[0]?.message;return{ok:o===void 0&&a.size===0,message:o,byProduct:a}}var Q=e=>({start:e.effectivePrice.saleStartDate??``,end:e.effectivePrice.saleEndDate??``});function qn({rows:e,onSaved:n}){let r=_(),i=ae(),[a,o]=(0,J.useState)(new Map),[s,c]=(0,J.useState)({start:``,end:``}),[l,u]=(0,J.useState)(!1),[d,f]=(0,J.useState)(new Map),p=(0,J.useRef)([]),h=(0,J.useRef)(null),g=(0,J.useMemo)(()=>new Map(e.map(e=>[e.id,Q(e)])),[e]),v=(0,J.useRef)(g);v.current=g;let y=(0,J.useCallback)(e=>{o(t=>(p.current=[...p.current.slice(-49),t],Bn(t,v.current,e)))},[]),x=(0,J.useCallback)((e,t,n)=>y(new Map([[e,{[t]:n}]])),[y]),S=n=>{y(new Map(e.map(e=>[e.id,{[n]:s[n]}]))),t(xt({n:b(e.length)}))},C=()=>{o(new Map),p.current=[]},w=e=>{if((e.ctrlKey||e.metaKey)&&e.key===`z`&&p.current.length>0&&(e.preventDefault(),o(p.current.pop()??new Map)),e.key!==`Enter`||!(e.target instanceof HTMLInputElement))return;e.preventDefault();let t=[...h.current?.querySelectorAll(`[data-col=${e.target.dataset.col}]`)??[]];t[t.indexOf(e.target)+(e.shiftKey?-1:1)]?.focus()},T=[...a.values()].filter(e=>Y(e)!==void 0).length,E=async()=>{u(!0);let e=new Map([...a.keys()].map(e=>[e,g.get(e)??{start:``,end:``}])),{ok:t,message:i,byProduct:o}=await Z(r,a);u(!1),f(o),t?(C(),n(),P(B({count:e.size,n:b(e.size)}),{label:de(),run:()=>void Z(r,e).then(e=>{e.message&&F(e.message),n()})})):(o.size===0&&i&&F(i),requestAnimationFrame(()=>h.current?.querySelector(`[aria-invalid=true]`)?.focus()))};return(0,X.jsxs)(X.Fragment,{children:[(0,X.jsxs)(`table`,{className:`list dates`,ref:h,onKeyDown:w,children:[(0,X.jsxs)(`thead`,{children:[(0,X.jsxs)(`tr`,{children:[(0,X.jsx)(`th`,{children:se()}),(0,X.jsx)(`th`,{className:`num`,children:U()}),(0,X.jsx)(`th`,{className:`num`,children:W()}),(0,X.jsx)(`th`,{className:`num`,children:H()}),(0,X.jsx)(`th`,{children:K()}),(0,X.jsx)(`th`,{children:G()})]}),i&&(0,X.jsxs)(`tr`,{className:`every`,children:[(0,X.jsx)(`th`,{colSpan:4,scope:`row`,children:It({n:b(e.length)})}),[`start`,`end`].map(e=>(0,X.jsx)(`td`,{children:(0,X.jsxs)(`span`,{className:`copy`,children:[(0,X.jsx)(`input`,{type:`date`,className:`in`,"aria-label":e===`start`?q():Ln(),value:s[e],onChange:t=>c({...s,[e]:t.target.value})}),(0,X.jsx)(m,{icon:`copydown`,label:e===`start`?Dt():wt(),onClick:()=>S(e)})]})},e))]})]}),(0,X.jsx)(`tbody`,{children:e.map(e=>(0,X.jsx)(Yn,{product:e,dates:a.get(e.id),refused:d.get(e.id),onChange:x},e.id))})]}),a.size>0&&(0,X.jsx)(fe,{changes:a.size,problems:T,saving:l,onSave:()=>void E(),onDiscard:C}),(0,X.jsx)(pe,{dirty:a.size>0&&!l,count:a.size})]})}var Jn={NOT_LINKED:vn,NO_REGULAR_PRICE:ln,NO_SALE_PRICE:fn,SALE_PRICE_NOT_BELOW_REGULAR:hn,PRICE_HELD:on},Yn=(0,J.memo)(function({product:e,dates:t,refused:n,onChange:r}){let i=Q(e),a=t??i,o=Y(a),s=e.effectivePrice.salePrice,c=e.effectivePrice,l=o===`start`?R():o===`end`?z():n,u=o??(n?`end`:void 0);return(0,X.jsxs)(`tr`,{children:[(0,X.jsxs)(`td`,{className:`two full wrap`,children:[(0,X.jsx)(`bdi`,{children:e.name}),(0,X.jsx)(`div`,{className:`muted`,children:[e.brand,e.mpn||e.key].filter(Boolean).join(` · `)}),c.problems.length>0&&(0,X.jsx)(`div`,{className:`tags`,children:c.problems.map(e=>(0,X.jsx)(`span`,{title:e.message,children:(0,X.jsx)(le,{tone:`warn`,children:Jn[e.code]()})},e.code))})]}),(0,X.jsx)(`td`,{className:`num`,"data-l":U(),children:C(c.regularPrice)}),(0,X.jsx)(`td`,{className:`num`,"data-l":W(),children:s&&/[1-9]/.test(s.amount)?C(s):(0,X.jsx)(`span`,{className:`muted`,children:`–`})}),(0,X.jsx)(`td`,{className:`num`,"data-l":H(),children:c.onSale?(0,X.jsx)(`b`,{children:C(c.price)}):C(c.price)}),[`start`,`end`].map(t=>(0,X.jsxs)(`td`,{className:`full`,"data-l":t===`start`?K():G(),children:[(0,X.jsx)(`input`,{type:`date`,"data-col":t,className:`in${a[t]===i[t]?``:` changed`}${u===t?` bad`:``}`,"aria-label":t===`start`?Pn({name:e.name}):zt({name:e.name}),"aria-invalid":u===t||void 0,"aria-describedby":u===t?`e-${e.id}`:void 0,value:a[t],onChange:n=>r(e.id,t,n.target.value)}),u===t&&(0,X.jsx)(`span`,{className:`field`,children:(0,X.jsx)(k,{id:`e-${e.id}`,children:l})})]},t))]})}),$=(e,t=[])=>!e||t.some(t=>t.value.toLowerCase()===e.toLowerCase())?t:[{value:e,label:e},...t];function Xn(){let t=a({strict:!1}),l=o(),{timeZone:u}=s(),d=t.size===`100`?100:50,f=(0,J.useMemo)(()=>({active:!0,...t.brand&&{brand:t.brand},...t.category&&{category:t.category},...t.q&&{search:t.q},...t.only===`planned`&&{salePlanned:!0},...t.only===`now`&&{onSale:!0},...t.only===`problems`&&{priceProblems:!0}}),[t.brand,t.category,t.q,t.only]),[p,m]=E({query:Vn,variables:{...ee(t,d),where:f}}),[h]=E({query:Gn,variables:{where:f}}),_=h.data?.catalogueFacets,[v,C]=(0,J.useState)(!1),{after:w,before:D,...k}=t,A=e=>void l({to:`.`,search:{...k,...e},replace:!0}),M=p.data?.pricingSettings,N=!!(t.q||t.brand||t.category||t.only);return(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(x,{title:r(),lead:He({zone:i(u)})}),(0,X.jsxs)(`div`,{className:`stack`,children:[M&&(!M.enabled||!M.salePriceLevel)&&(0,X.jsx)(c,{tone:`warn`,title:M.enabled?Ge():rt(),acts:(0,X.jsx)(e,{to:`/settings/prices`,className:`btn`,children:n()}),children:ot()}),(0,X.jsx)(re,{children:(0,X.jsxs)(T,{title:(0,X.jsx)(`span`,{className:`sr`,children:r()}),className:`lists`,flush:!0,children:[(0,X.jsxs)(`div`,{className:`filters`,children:[(0,X.jsx)(O,{label:ue(),none:j(),value:t.brand??``,onChange:e=>A({brand:e}),choices:$(t.brand,_?.brands.map(e=>({value:e.name,label:V({name:e.name,n:b(e.count)})})))}),(0,X.jsx)(O,{label:vt(),none:j(),value:t.category??``,onChange:e=>A({category:e}),choices:$(t.category,_?.categories.map(e=>({value:e.path,label:V({name:` `.repeat(e.path.split(`/`).length-1)+e.name,n:b(e.count)})})))}),(0,X.jsx)(O,{label:lt(),none:j(),value:t.only??``,onChange:e=>A({only:e}),choices:[{value:`planned`,label:qt()},{value:`now`,label:Wt()},{value:`problems`,label:Xt()}]}),(0,X.jsx)(ie,{label:ft(),value:t.q??``,onChange:e=>A({q:e})}),(0,X.jsx)(O,{label:ht(),value:d===100?`100`:`50`,onChange:e=>A({size:e===`100`?`100`:void 0}),choices:[{value:`50`,label:`50`},{value:`100`,label:`100`}]})]}),(0,X.jsx)(S,{result:p,again:m,rows:10,children:({products:n})=>n.edges.length===0?(0,X.jsx)(`div`,{className:`pad24`,children:(0,X.jsx)(y,{icon:`search`,title:t.q||t.brand||t.category?Ze():Je(),act:N&&(0,X.jsx)(e,{to:`/catalog/items`,className:`btn`,children:oe()}),children:!N&&et()})}):(0,X.jsxs)(X.Fragment,{children:[(0,X.jsx)(qn,{rows:n.edges.map(e=>e.node),onSaved:()=>m({requestPolicy:`network-only`})},`${n.pageInfo.startCursor}${d}`),(0,X.jsx)(te,{info:n.pageInfo,text:ce({count:n.totalCount,n:b(n.totalCount)}),go:e=>void l({to:`.`,search:{...k,...e}})}),(0,X.jsx)(ne,{children:(0,X.jsxs)(`div`,{className:`filters end`,children:[(0,X.jsx)(`span`,{className:`muted grow`,children:ze()}),(0,X.jsx)(g,{onClick:()=>C(!0),children:Ie({count:n.totalCount,n:b(n.totalCount)})})]})}),v&&(0,X.jsx)(Kn,{where:f,onClose:()=>C(!1),onSaved:()=>m({requestPolicy:`network-only`})})]})})]})})]})]})}export{Xn as Page};