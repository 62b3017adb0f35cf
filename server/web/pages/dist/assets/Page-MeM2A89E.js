import{t as e}from"./link-n6A3hOjd.js";import{J as t,N as n,Y as r,d as i,g as a,u as o}from"./index-BzrYkd9H.js";import{d as s,f as c,i as l,m as u,n as d,o as f,t as p}from"./Button-DTpzbii0.js";import{a as m,b as h,i as g,m as _,n as ee,o as v,p as y,r as b,s as x,t as te,x as S}from"./Panel-BSITHXaU.js";import{n as C,r as w}from"./Role-7JL9RIRx.js";import{t as T}from"./Dialog-Bej1GjPS.js";import{r as ne}from"./Field-CpxI47NP.js";import{t as E}from"./bulk_refused-CXNUzf5L.js";import{t as D}from"./cancel-BD7N08gz.js";import{n as re,t as ie}from"./Pager-BknfrRj8.js";import{a as O,c as k,d as A,f as ae,g as oe,h as se,i as j,l as M,m as N,n as P,o as F,p as I,r as L,s as R,t as ce,u as le}from"./review_upc-CMZuCijS.js";import{t as ue}from"./PickBar-B6Tk1pqo.js";import{t as de}from"./filters_clear-DLTO8O0b.js";import{r as z}from"./Pill-CQDIYMN-.js";import{t as fe}from"./items_n-BjNDALKG.js";import{t as pe}from"./items_search-DdSPgGGb.js";import{t as B}from"./line_item-D81zId5h.js";import{t as me}from"./SearchField-DqJW-Q0O.js";import{t as he}from"./Tabs-DfhsL-cm.js";import{t as ge}from"./review_brand-BhQTWJNx.js";import{t as V}from"./review_none_of-BY2Hrcre.js";import{t as _e}from"./review_picked-CA6KTIqX.js";import{t as H}from"./undo-CXGcH8AW.js";import{n as ve,o as U,s as W}from"./data-BBnnGekE.js";import{a as G,i as ye,o as be,r as xe,t as Se}from"./FindProduct-VntN432Z.js";import{i as Ce,n as K,r as q,t as J}from"./compare-hnlNIxKd.js";import{t as Y}from"./registry-B1INsJo1.js";var we=()=>`link`,Te=()=>`vincular`,Ee=((e={},t={})=>(t.locale??f())===`es`?Te(e):we(e)),De=()=>`next, previous`,Oe=()=>`siguiente, anterior`,ke=((e={},t={})=>(t.locale??f())===`es`?Oe(e):De(e)),Ae=e=>`${e?.n} on hand`,je=e=>`${e?.n} en existencias`,X=((e,t={})=>(t.locale??f())===`es`?je(e):Ae(e)),Me=()=>`All`,Ne=()=>`Todos`,Pe=((e={},t={})=>(t.locale??f())===`es`?Ne(e):Me(e)),Fe=()=>`Left aside`,Ie=()=>`Apartados`,Le=((e={},t={})=>(t.locale??f())===`es`?Ie(e):Fe(e)),Re=e=>`${e?.n} left aside`,ze=e=>`${e?.n} apartados`,Be=((e,t={})=>(t.locale??f())===`es`?ze(e):Re(e)),Ve=e=>`${e?.n} put back`,He=e=>`${e?.n} devueltos a la lista`,Ue=((e,t={})=>(t.locale??f())===`es`?He(e):Ve(e)),We=()=>`Candidates`,Ge=()=>`Candidatos`,Ke=((e={},t={})=>(t.locale??f())===`es`?Ge(e):We(e)),qe=e=>`Confirm ${e?.n}`,Je=e=>`Confirmar ${e?.n}`,Ye=((e,t={})=>(t.locale??f())===`es`?Je(e):qe(e)),Xe=()=>`Each item is linked to the product below it. Take the tick from those that are wrong.`,Ze=()=>`Cada artículo se vincula al producto de debajo. Quita la marca de los incorrectos.`,Qe=((e={},t={})=>(t.locale??f())===`es`?Ze(e):Xe(e)),$e=e=>`${e?.n} with several candidates are left out: decide them one by one.`,et=e=>`Se omiten ${e?.n} con varios candidatos: decídelos uno por uno.`,tt=((e,t={})=>(t.locale??f())===`es`?et(e):$e(e)),nt=()=>`Are these pairs right?`,rt=()=>`¿Son correctas estas parejas?`,it=((e={},t={})=>(t.locale??f())===`es`?rt(e):nt(e)),at=e=>{let t=Y(`en`,e?.count,{});return t===`one`?`${e?.n} link confirmed.`:t===`other`?`${e?.n} links confirmed.`:`review_confirmed`},ot=e=>{let t=Y(`es`,e?.count,{});return t===`one`?`${e?.n} vínculo confirmado.`:t===`other`?`${e?.n} vínculos confirmados.`:`review_confirmed`},st=((e,t={})=>(t.locale??f())===`es`?ot(e):at(e)),ct=()=>`Contradiction`,lt=()=>`Contradicción`,ut=((e={},t={})=>(t.locale??f())===`es`?lt(e):ct(e)),dt=()=>`In doubt`,ft=()=>`En duda`,pt=((e={},t={})=>(t.locale??f())===`es`?ft(e):dt(e)),mt=()=>`Find another product`,ht=()=>`Buscar otro producto`,gt=((e={},t={})=>(t.locale??f())===`es`?ht(e):mt(e)),_t=e=>`${e?.n} of ${e?.of} the same`,vt=e=>`${e?.n} de ${e?.of} iguales`,yt=((e,t={})=>(t.locale??f())===`es`?vt(e):_t(e)),bt=e=>`fits best: ${e?.n} of ${e?.of} the same`,xt=e=>`el mejor: ${e?.n} de ${e?.of} iguales`,St=((e,t={})=>(t.locale??f())===`es`?xt(e):bt(e)),Ct=()=>`Keep this`,wt=()=>`Mantener este`,Tt=((e={},t={})=>(t.locale??f())===`es`?wt(e):Ct(e)),Et=()=>`Items of Lightspeed whose product on the website a person should decide. What you decide stays, whatever is synced later.`,Dt=()=>`Artículos de Lightspeed cuyo producto en el sitio web debe decidir una persona. Lo que decides se mantiene, pase lo que pase después.`,Ot=((e={},t={})=>(t.locale??f())===`es`?Dt(e):Et(e)),kt=e=>`${e?.n} items wait for a decision, ${e?.stock} of them in stock. What you decide stays, whatever is synced later.`,At=e=>`${e?.n} artículos esperan una decisión, ${e?.stock} con existencias. Lo que decides se mantiene, pase lo que pase después.`,jt=((e,t={})=>(t.locale??f())===`es`?At(e):kt(e)),Mt=()=>`Leave aside`,Nt=()=>`Apartar`,Pt=((e={},t={})=>(t.locale??f())===`es`?Nt(e):Mt(e)),Ft=()=>`Linked to`,It=()=>`Vinculado a`,Lt=((e={},t={})=>(t.locale??f())===`es`?It(e):Ft(e)),Rt=e=>`${e?.n} more candidates are not shown here.`,zt=e=>`${e?.n} candidatos más no se muestran aquí.`,Bt=((e,t={})=>(t.locale??f())===`es`?zt(e):Rt(e)),Vt=e=>`${e?.n} products`,Ht=e=>`${e?.n} productos`,Ut=((e,t={})=>(t.locale??f())===`es`?Ht(e):Vt(e)),Wt=e=>`${e?.n} items`,Gt=e=>`${e?.n} artículos`,Kt=((e,t={})=>(t.locale??f())===`es`?Gt(e):Wt(e)),qt=()=>`Name`,Jt=()=>`Nombre`,Yt=((e={},t={})=>(t.locale??f())===`es`?Jt(e):qt(e)),Xt=()=>`Next item`,Zt=()=>`Artículo siguiente`,Qt=((e={},t={})=>(t.locale??f())===`es`?Zt(e):Xt(e)),$t=()=>`Its codes point to no product. Find the product yourself, or leave it aside.`,en=()=>`Sus códigos no apuntan a ningún producto. Busca el producto o apártalo.`,tn=((e={},t={})=>(t.locale??f())===`es`?en(e):$t(e)),nn=()=>`Nothing waits for a decision.`,rn=()=>`Nada espera una decisión.`,an=((e={},t={})=>(t.locale??f())===`es`?rn(e):nn(e)),on=()=>`No item fits these filters.`,sn=()=>`Ningún artículo cumple estos filtros.`,cn=((e={},t={})=>(t.locale??f())===`es`?sn(e):on(e)),ln=()=>`Every item is linked, or its codes fit no product.`,un=()=>`Cada artículo está vinculado, o sus códigos no coinciden con ningún producto.`,dn=((e={},t={})=>(t.locale??f())===`es`?un(e):ln(e)),fn=e=>`only here: ${e?.words}`,pn=e=>`solo aquí: ${e?.words}`,mn=((e,t={})=>(t.locale??f())===`es`?pn(e):fn(e)),hn=()=>`decided`,gn=()=>`decidido`,_n=((e={},t={})=>(t.locale??f())===`es`?gn(e):hn(e)),vn=e=>`Select ${e?.name}`,yn=e=>`Seleccionar ${e?.name}`,bn=((e,t={})=>(t.locale??f())===`es`?yn(e):vn(e)),xn=e=>`${e?.n} of ${e?.of}`,Sn=e=>`${e?.n} de ${e?.of}`,Cn=((e,t={})=>(t.locale??f())===`es`?Sn(e):xn(e)),wn=()=>`Previous item`,Tn=()=>`Artículo anterior`,En=((e={},t={})=>(t.locale??f())===`es`?Tn(e):wn(e)),Dn=()=>`MSRP, price`,On=()=>`MSRP, precio`,kn=((e={},t={})=>(t.locale??f())===`es`?On(e):Dn(e)),An=()=>`Put back`,jn=()=>`Devolver a la lista`,Mn=((e={},t={})=>(t.locale??f())===`es`?jn(e):An(e)),Nn=()=>`Items that wait`,Pn=()=>`Artículos que esperan`,Fn=((e={},t={})=>(t.locale??f())===`es`?Pn(e):Nn(e)),In=e=>`“${e?.name}” is none of these`,Ln=e=>`«${e?.name}» no es ninguno de estos`,Rn=((e,t={})=>(t.locale??f())===`es`?Ln(e):In(e)),zn=()=>`Several claim it`,Bn=()=>`Varios lo reclaman`,Vn=((e={},t={})=>(t.locale??f())===`es`?Bn(e):zn(e)),Hn=()=>`Also claimed by:`,Un=()=>`También lo reclaman:`,Wn=((e={},t={})=>(t.locale??f())===`es`?Un(e):Hn(e)),Gn=()=>`Stock`,Kn=()=>`Existencias`,qn=((e={},t={})=>(t.locale??f())===`es`?Kn(e):Gn(e)),Jn=()=>`Any`,Yn=()=>`Todas`,Xn=((e={},t={})=>(t.locale??f())===`es`?Yn(e):Jn(e)),Zn=()=>`In stock only`,Qn=()=>`Solo con existencias`,$n=((e={},t={})=>(t.locale??f())===`es`?Qn(e):Zn(e)),er=()=>`Barcode only`,tr=()=>`Solo código de barras`,nr=((e={},t={})=>(t.locale??f())===`es`?tr(e):er(e)),rr=()=>`End the link`,ir=()=>`Terminar el vínculo`,ar=((e={},t={})=>(t.locale??f())===`es`?ir(e):rr(e)),or=e=>`The link of “${e?.name}” has ended`,sr=e=>`El vínculo de «${e?.name}» ha terminado`,cr=((e,t={})=>(t.locale??f())===`es`?sr(e):or(e)),lr=()=>`Size, color`,ur=()=>`Talla, color`,dr=((e={},t={})=>(t.locale??f())===`es`?ur(e):lr(e)),fr=()=>`Why they wait`,pr=()=>`Por qué esperan`,mr=((e={},t={})=>(t.locale??f())===`es`?pr(e):fr(e)),hr=()=>`A code says that this is the product, and something else speaks against it.`,gr=()=>`Un código dice que es este producto, y otra cosa lo contradice.`,_r=((e={},t={})=>(t.locale??f())===`es`?gr(e):hr(e)),vr=()=>`It is linked and stays linked, but something that came later speaks against it.`,yr=()=>`Está vinculado y sigue vinculado, pero algo posterior lo contradice.`,br=((e={},t={})=>(t.locale??f())===`es`?yr(e):vr(e)),xr=()=>`Several products or items have the same codes.`,Sr=()=>`Varios productos o artículos tienen los mismos códigos.`,Cr=((e={},t={})=>(t.locale??f())===`es`?Sr(e):xr(e)),wr=()=>`One barcode alone says that this is the product. Nothing else confirms it.`,Tr=()=>`Solo un código de barras dice que es este producto. Nada más lo confirma.`,Er=((e={},t={})=>(t.locale??f())===`es`?Tr(e):wr(e)),Dr=()=>`the words fit`,Or=()=>`las palabras coinciden`,kr=((e={},t={})=>(t.locale??f())===`es`?Or(e):Dr(e)),Z=u(c(),1),Ar=b(`
  query ReviewPage($after: Cursor, $before: Cursor, $first: Int, $last: Int, $where: ReviewQueueWhere) {
    reviewQueue(
      after: $after
      before: $before
      first: $first
      last: $last
      where: $where
      orderBy: { field: STOCK, direction: DESC }
    ) {
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
          id
          lightspeedItemId
          description
          brand
          matchReason
          matchPending
          candidateCount
          rivalCount
          stock {
            onHand
          }
        }
      }
    }
  }
`),jr=b(`
  query ReviewFigures($where: ReviewQueueWhere) {
    reviewSummary(where: $where) {
      total
      inStock
      setAside
      reasons {
        reason
        count
      }
    }
  }
`),Mr=b(`
  query ReviewCase($id: ID!) {
    node(id: $id) {
      ... on PosItem {
        id
        lightspeedItemId
        description
        brand
        category
        upc
        ean
        manufacturerSku
        customSku
        matchState
        matchReason
        matchBasis
        matchPending
        candidateCount
        msrp {
          amount
          currencyCode
        }
        variant {
          size
          color
        }
        stock {
          onHand
          shop {
            id
            name
          }
        }
        product {
          id
          name
        }
        candidates {
          id
          key
          name
          brand
          mpn
          gtin1
          gtin2
          category
          price {
            amount
            currencyCode
          }
          variant {
            size
            color
          }
          posItem {
            id
            lightspeedItemId
            description
          }
        }
        rivals {
          id
          lightspeedItemId
          description
        }
        decisions {
          id
          verdict
          idle
          decidedBy
          decidedAt
          product {
            id
            name
          }
        }
      }
    }
  }
`),Nr=b(`
  query Pending($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on PosItem {
        id
        matchPending
        matchState
        matchReason
      }
    }
  }
`),Pr=b(`
  mutation RejectMatch($item: ID!, $product: ID!) {
    rejectMatch(input: { posItemId: $item, productId: $product }) {
      posItem {
        id
        matchPending
      }
      decision {
        id
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),Fr=b(`
  mutation UnlinkItem($item: ID!) {
    unlinkItem(input: { posItemId: $item }) {
      posItem {
        id
        matchPending
      }
      decision {
        id
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),Ir=b(`
  mutation ConfirmMatches($ids: [ID!]!) {
    confirmMatches(input: { posItemIds: $ids }) {
      batch
      results {
        id
        posItem {
          id
          matchPending
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
`),Lr=b(`
  mutation UndoConfirm($batch: String!) {
    undoConfirmMatches(input: { batch: $batch }) {
      results {
        id
        posItem {
          id
          matchPending
        }
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),Rr=b(`
  mutation SetAside($ids: [ID!]!, $aside: Boolean!) {
    setMatchesAside(input: { posItemIds: $ids, aside: $aside }) {
      results {
        id
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),zr=b(`
  query Pairs($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on PosItem {
        id
        description
        candidates {
          id
          name
        }
      }
    }
  }
`),Q=s();function Br(e){let[t,n]=S({query:Mr,variables:{id:e.id}}),r=t.data?.node&&`matchPending`in t.data.node&&t.data.node.matchPending;return(0,Z.useEffect)(()=>{if(!r)return;let e=setInterval(()=>n({requestPolicy:`network-only`}),2e3);return()=>clearInterval(e)},[r,n]),(0,Q.jsx)(`div`,{className:`case`,children:(0,Q.jsx)(v,{result:t,again:n,rows:8,children:({node:t})=>t&&`candidates`in t?(0,Q.jsx)(Ur,{item:t,...e}):null})})}var Vr={UNCONFIRMED:Er,CONTRADICTION:_r,RIVAL:Cr,DOUBT:br};function Hr(e,{onDecided:t,onUndone:n}){let r=w(xe),i=w(Pr),a=w(Fr),o=w(ye),s=async e=>{for(let t of e.decisions){let{ok:e,userErrors:n}=await o.run({id:t});if(n[0]&&W(n[0].message),!e)return}n(e.item),U(P())},c=(n,r)=>{let i={item:e.id,decisions:n.filter(e=>e!==void 0)};U(r,i.decisions.length>0?{label:H(),run:()=>void s(i)}:void 0),t(i)};return{busy:r.busy||i.busy||a.busy||o.busy,undo:s,async link(t){let{ok:n,data:i,userErrors:a}=await r.run({item:e.id,product:t.id});a[0]&&W(a[0].message),n&&c([i?.linkItem.decision?.id],be({name:t.name}))},async none(){let t=[];for(let n of e.candidates){let{ok:r,data:a,userErrors:o}=await i.run({item:e.id,product:n.id});if(o[0]&&W(o[0].message),!r)return;t.push(a?.rejectMatch.decision?.id)}c(t,Rn({name:e.description}))},async unlink(){let{ok:t,data:n,userErrors:r}=await a.run({item:e.id});r[0]&&W(r[0].message),t&&c([n?.unlinkItem.decision?.id],cr({name:e.description}))}}}function Ur({item:e,...t}){let n=Hr(e,t),[r,a]=(0,Z.useState)(!1),[s,c]=(0,Z.useState)(0);(0,Z.useEffect)(()=>{let r=r=>{if(r.ctrlKey||r.metaKey||r.altKey||i(r)||n.busy||o())return;let a=/^[1-9]$/.test(r.key)?e.candidates[Number(r.key)-1]:void 0;if(a)n.link(a);else if(r.key.toLowerCase()===`x`&&e.candidates.length>0)n.none();else if(r.key.toLowerCase()===`u`&&t.last)n.undo(t.last);else return;r.preventDefault()};return window.addEventListener(`keydown`,r),()=>window.removeEventListener(`keydown`,r)});let u=e.candidates.slice(0,4),f=Wr(e),m=u.map(e=>f.map(t=>t.of(e).like).filter(e=>e!==`unknown`)),h=m.map(e=>e.filter(e=>e===`same`).length),g=h.indexOf(Math.max(...h));return(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsxs)(`div`,{className:`fix`,children:[(0,Q.jsxs)(`div`,{children:[(0,Q.jsx)(`h2`,{className:`any`,children:(0,Q.jsx)(`bdi`,{children:e.description||e.lightspeedItemId})}),(0,Q.jsxs)(`p`,{className:`muted small`,children:[[e.category,X({n:_(J(e))})].filter(Boolean).join(` · `),e.stock.length>1&&`: ${e.stock.filter(e=>e.onHand!==0).map(e=>`${e.shop?.name??``} ${_(e.onHand)}`).join(`, `)}`]})]}),(0,Q.jsxs)(`span`,{className:`row one nw`,children:[(0,Q.jsx)(d,{icon:`up`,label:En(),onClick:()=>t.onStep(-1)}),(0,Q.jsx)(`span`,{className:`muted small`,children:t.place}),(0,Q.jsx)(d,{icon:`down`,label:Qt(),onClick:()=>t.onStep(1)})]})]}),e.matchReason&&(0,Q.jsxs)(`p`,{className:`gap`,children:[(0,Q.jsx)(`span`,{className:`t-warn`,children:(0,Q.jsx)(l,{name:`warn`})}),` `,Vr[e.matchReason]()]}),e.rivals.length>0&&(0,Q.jsxs)(`p`,{className:`small muted`,children:[Wn(),` `,e.rivals.map(e=>`${e.description} (${B({id:e.lightspeedItemId})})`).join(`, `)]}),u.length>1&&(0,Q.jsx)(`div`,{className:`only-p gap`,children:(0,Q.jsxs)(`fieldset`,{className:`chips`,children:[(0,Q.jsx)(`legend`,{className:`sr`,children:Ke()}),u.map((e,t)=>(0,Q.jsx)(`button`,{type:`button`,className:`chip`,"aria-pressed":t===s,onClick:()=>c(t),children:t+1},e.id))]})}),u.length>0?(0,Q.jsxs)(`table`,{className:`cmp n${u.length} show${s}`,children:[(0,Q.jsx)(`caption`,{className:`sr`,children:ae()}),(0,Q.jsx)(`thead`,{children:(0,Q.jsxs)(`tr`,{children:[(0,Q.jsx)(`th`,{scope:`col`,children:(0,Q.jsx)(`span`,{className:`sr`,children:k()})}),(0,Q.jsxs)(`th`,{scope:`col`,children:[F(),(0,Q.jsx)(`div`,{className:`muted small`,children:B({id:e.lightspeedItemId})})]}),u.map((e,t)=>(0,Q.jsxs)(`th`,{scope:`col`,className:`c c${t}`,children:[(0,Q.jsx)(`kbd`,{children:t+1}),` `,O(),(0,Q.jsx)(`div`,{className:`muted small`,children:(t===g&&u.length>1?St:yt)({n:_(h[t]??0),of:_(m[t]?.length??0)})})]},e.id))]})}),(0,Q.jsx)(`tbody`,{children:f.map(e=>(0,Q.jsxs)(`tr`,{children:[(0,Q.jsx)(`th`,{scope:`row`,children:e.label}),(0,Q.jsx)(`td`,{className:`any`,children:e.own||(0,Q.jsx)(`span`,{className:`muted`,children:`–`})}),u.map((t,n)=>(0,Q.jsx)(Gr,{field:e,candidate:t,nth:n},t.id))]},e.label))}),(0,Q.jsx)(`tfoot`,{children:(0,Q.jsxs)(`tr`,{children:[(0,Q.jsx)(`td`,{}),(0,Q.jsx)(`td`,{}),u.map((t,r)=>(0,Q.jsx)(`td`,{className:`c c${r}`,children:(0,Q.jsx)(C,{children:e.product?.id===t.id&&e.matchReason===null?(0,Q.jsx)(p,{busy:n.busy,onClick:()=>void n.unlink(),children:ar()}):(0,Q.jsxs)(p,{look:r===g?`primary`:`plain`,busy:n.busy,onClick:()=>void n.link(t),children:[e.product?.id===t.id?Tt():G(),` `,(0,Q.jsx)(`kbd`,{className:`only-d`,children:r+1}),(0,Q.jsxs)(`span`,{className:`sr`,children:[` `,t.name]})]})})},t.id))]})})]}):(0,Q.jsx)(`p`,{className:`muted gap`,children:tn()}),e.candidateCount>u.length&&(0,Q.jsx)(`p`,{className:`muted small gap`,children:Bt({n:_(e.candidateCount-u.length)})}),(0,Q.jsx)(C,{children:(0,Q.jsxs)(`div`,{className:`row gap`,children:[e.candidates.length>0&&(0,Q.jsxs)(p,{busy:n.busy,onClick:()=>void n.none(),children:[V(),` `,(0,Q.jsx)(`kbd`,{className:`only-d`,children:`X`})]}),e.product&&(0,Q.jsx)(p,{busy:n.busy,onClick:()=>void n.unlink(),children:ar()}),(0,Q.jsx)(p,{look:`quiet`,icon:`search`,onClick:()=>a(!0),children:gt()}),t.last&&(0,Q.jsxs)(p,{look:`quiet`,icon:`undo`,onClick:()=>t.last&&void n.undo(t.last),children:[H(),` `,(0,Q.jsx)(`kbd`,{className:`only-d`,children:`U`})]})]})}),e.decisions.length>0&&(0,Q.jsx)(Kr,{item:e,undo:t=>void n.undo({item:e.id,decisions:[t]})}),(0,Q.jsx)(C,{children:(0,Q.jsxs)(`p`,{className:`keys gap`,children:[(0,Q.jsxs)(`span`,{children:[(0,Q.jsx)(`kbd`,{children:`J`}),(0,Q.jsx)(`kbd`,{children:`K`}),` `,ke()]}),(0,Q.jsxs)(`span`,{children:[(0,Q.jsx)(`kbd`,{children:`1`}),`–`,(0,Q.jsx)(`kbd`,{children:`9`}),` `,Ee()]}),(0,Q.jsxs)(`span`,{children:[(0,Q.jsx)(`kbd`,{children:`X`}),` `,V()]}),(0,Q.jsxs)(`span`,{children:[(0,Q.jsx)(`kbd`,{children:`U`}),` `,H()]})]})}),r&&(0,Q.jsx)(qr,{item:e,busy:n.busy,onClose:()=>a(!1),onLink:e=>{a(!1),n.link(e)}})]})}function Wr(e){let t=e=>[e?.size,e?.color].filter(Boolean).join(`, `);return[{label:Yt(),own:e.description,of:t=>{let n=Ce(t.name,e.description);return n.length===0?{text:t.name,like:`same`,words:kr()}:{text:t.name,like:`differs`,words:mn({words:n.slice(0,5).join(` `)})}}},{label:ge(),own:e.brand,of:t=>({text:t.brand,like:q(e.brand,t.brand)})},{label:ce(),own:e.upc,of:t=>({text:[t.gtin1,t.gtin2].filter(Boolean).join(`, `),like:K(e.upc,t.gtin1,t.gtin2)})},{label:M(),own:e.ean,of:t=>({text:[t.gtin1,t.gtin2].filter(Boolean).join(`, `),like:K(e.ean,t.gtin1,t.gtin2)})},{label:L(),own:e.manufacturerSku,of:t=>({text:t.mpn,like:q(e.manufacturerSku,t.mpn)})},{label:dr(),own:t(e.variant),of:n=>({text:t(n.variant),like:q(t(e.variant),t(n.variant))})},{label:kn(),own:/[1-9]/.test(e.msrp.amount)?y(e.msrp):``,of:t=>({text:y(t.price),like:/[1-9]/.test(e.msrp.amount)?q(y(e.msrp),y(t.price)):`unknown`})},{label:Lt(),own:e.product?.name??``,of:e=>({text:e.posItem?`${e.posItem.description} (${B({id:e.posItem.lightspeedItemId})})`:``,like:`unknown`})}].filter(t=>t.own!==``||t.label!==M()&&e.candidates.some(e=>t.of(e).text!==``))}function Gr({field:e,candidate:t,nth:n}){let{text:r,like:i,words:a}=e.of(t);return(0,Q.jsxs)(`td`,{className:`c c${n} any ${i===`same`?`same`:i===`differs`?`dif`:``}`,children:[(0,Q.jsx)(`bdi`,{children:r||(0,Q.jsx)(`span`,{className:`muted`,children:`–`})}),i!==`unknown`&&(0,Q.jsxs)(`span`,{className:`mk`,children:[(0,Q.jsx)(l,{name:i===`same`?`check`:`differs`}),a??(i===`same`?j():le())]})]})}function Kr({item:e,undo:t}){return(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(`h3`,{className:`gap`,children:A()}),(0,Q.jsx)(`ul`,{className:`rows`,children:e.decisions.map(e=>(0,Q.jsxs)(`li`,{children:[(0,Q.jsxs)(`span`,{children:[e.verdict===`LINK`?se({name:e.product.name}):N({name:e.product.name}),(0,Q.jsxs)(`span`,{className:`muted small block`,children:[e.decidedBy,`, `,(0,Q.jsx)(a,{at:e.decidedAt}),e.idle&&` · ${oe()}`]})]}),(0,Q.jsx)(C,{children:(0,Q.jsxs)(p,{small:!0,onClick:()=>t(e.id),children:[I(),(0,Q.jsxs)(`span`,{className:`sr`,children:[` `,e.product.name]})]})})]},e.id))})]})}function qr({item:e,busy:t,onClose:n,onLink:r}){let[i,a]=(0,Z.useState)();return(0,Q.jsx)(T,{title:R({name:e.description}),open:!0,onClose:n,acts:(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(p,{onClick:n,children:D()}),(0,Q.jsx)(p,{look:`primary`,busy:t,disabled:!i,onClick:()=>i&&r(i),children:G()})]}),children:(0,Q.jsx)(`div`,{className:`fields`,children:(0,Q.jsx)(Se,{chosen:i,onChoose:a,start:e.manufacturerSku||e.brand})})})}var Jr=[`all`,`UNCONFIRMED`,`CONTRADICTION`,`RIVAL`,`DOUBT`,`aside`],$={UNCONFIRMED:nr,CONTRADICTION:ut,RIVAL:Vn,DOUBT:pt},Yr=e=>e===`all`?Pe():e===`aside`?Le():$[e]();function Xr(e,t){return e===`all`?t.total:e===`aside`?t.setAside:t.reasons.find(t=>t.reason===e)?.count??0}var Zr=15;function Qr(){let a=r({strict:!1}),s=t(),c=h(),l=ve(),u=Jr.find(e=>e===a.why)??`all`,d={...a.q&&{search:a.q},...a.stock&&{inStock:!0},...u===`aside`&&{setAside:!0},...u!==`all`&&u!==`aside`&&{reasons:[u]}},[f,p]=S({query:Ar,variables:{...re(a,50),where:d}}),[m,y]=S({query:jr,variables:{where:{...a.q&&{search:a.q},...a.stock&&{inStock:!0}}}}),b=m.data?.reviewSummary,[x,w]=(0,Z.useState)(new Set),[T,E]=(0,Z.useState)(),D=f.data?.reviewQueue.edges.map(e=>e.node)??[],O=a.item??D[0]?.id,k=D.findIndex(e=>e.id===O),A=(0,Z.useRef)(null),{after:ae,before:oe,item:se,...j}=a,M=e=>{w(new Set),s({to:`.`,search:{...j,...e},replace:!0})},N=(0,Z.useCallback)(e=>{e&&s({to:`.`,search:(t=>({...t,item:e})),replace:!0,resetScroll:!1})},[s]),P=e=>{let t=D[k+e];N(t?.id),t&&A.current?.querySelector(`[data-id="${t.id}"]`)?.scrollIntoView({block:`nearest`})},[F,I]=(0,Z.useState)([]);(0,Z.useEffect)(()=>{if(F.length===0)return;let e=Zr,t=setInterval(async()=>{let{data:t}=await c.query(Nr,{ids:[...F]},{requestPolicy:`network-only`}).toPromise();t?.nodes.some(e=>e&&`matchPending`in e&&e.matchPending)&&--e!==0||(I([]),p({requestPolicy:`network-only`}),y({requestPolicy:`network-only`}))},2e3);return()=>clearInterval(t)},[F,c,p,y]);let L=e=>I(t=>[...new Set([...t,...e])].slice(-100)),R=e=>{let t=new Set(x);t.delete(e)||t.add(e),w(t)};return(0,Z.useEffect)(()=>{let e=e=>{if(e.ctrlKey||e.metaKey||e.altKey||i(e)||o())return;let t=e.key.toLowerCase();(t===`j`||t===`k`)&&(e.preventDefault(),P(t===`j`?1:-1))};return window.addEventListener(`keydown`,e),()=>window.removeEventListener(`keydown`,e)}),(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(ee,{title:n(),lead:b?jt({n:_(b.total),stock:_(b.inStock)}):Ot()}),(0,Q.jsxs)(te,{title:(0,Q.jsx)(`span`,{className:`sr`,children:Yr(u)}),className:`lists`,flush:!0,children:[(0,Q.jsx)(he,{label:mr(),now:u,to:e=>({why:e===`all`?void 0:e,q:a.q,stock:a.stock}),tabs:Jr.map(e=>({value:e,label:Yr(e),count:b&&_(Xr(e,b))}))}),(0,Q.jsxs)(`div`,{className:`filters`,children:[(0,Q.jsx)(me,{label:pe(),value:a.q??``,onChange:e=>M({q:e})}),(0,Q.jsx)(ne,{label:qn(),none:Xn(),value:a.stock??``,onChange:e=>M({stock:e}),choices:[{value:`yes`,label:$n()}]})]}),(0,Q.jsx)(v,{result:f,again:p,rows:8,children:({reviewQueue:t})=>t.edges.length===0?(0,Q.jsx)(`div`,{className:`pad24`,children:a.q||a.stock||u!==`all`?(0,Q.jsx)(g,{icon:`search`,title:cn(),act:(0,Q.jsx)(e,{to:`/review`,className:`btn`,children:de()})}):(0,Q.jsx)(g,{title:an(),children:dn()})}):(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsxs)(`div`,{className:`review`,children:[(0,Q.jsx)(`div`,{className:`queue`,ref:A,children:(0,Q.jsx)(`ul`,{"aria-label":Fn(),children:D.map(e=>(0,Q.jsx)($r,{row:e,current:e.id===O,waits:F.includes(e.id),picked:l?x.has(e.id):void 0,onPick:()=>R(e.id),onShow:()=>N(e.id)},e.id))})}),O&&(0,Q.jsx)(Br,{id:O,place:k<0?``:Cn({n:_(k+1),of:_(D.length)}),last:T,onDecided:e=>{E(e.decisions.length>0?e:void 0),L([e.item]),P(1)},onUndone:e=>{E(void 0),L([e])},onStep:P},O)]}),(0,Q.jsx)(ie,{info:t.pageInfo,text:fe({count:t.totalCount,n:_(t.totalCount)}),go:e=>void s({to:`.`,search:{...j,...e}})})]})})]}),(0,Q.jsx)(C,{children:x.size>0&&(0,Q.jsx)(ei,{ids:[...x],aside:u===`aside`,clear:()=>w(new Set),onDone:e=>{w(new Set),L(e),p({requestPolicy:`network-only`})}})})]})}function $r({row:e,current:t,waits:n,picked:r,onPick:i,onShow:a}){return(0,Q.jsxs)(`li`,{className:t?`cur`:void 0,"data-id":e.id,children:[r===void 0?(0,Q.jsx)(`span`,{}):(0,Q.jsx)(`input`,{type:`checkbox`,"aria-label":bn({name:e.description}),checked:r,onChange:i}),(0,Q.jsx)(`button`,{type:`button`,className:`nm`,"aria-current":t||void 0,onClick:a,children:(0,Q.jsx)(`bdi`,{children:e.description||e.lightspeedItemId})}),(0,Q.jsxs)(`span`,{className:`m`,children:[(0,Q.jsxs)(`span`,{children:[X({n:_(J(e))}),e.brand&&` · ${e.brand}`]}),n||e.matchPending?(0,Q.jsx)(z,{tone:`busy`,children:_n()}):(0,Q.jsx)(z,{tone:`plain`,children:e.rivalCount>0?Kt({n:_(e.rivalCount+1)}):e.candidateCount>1?Ut({n:_(e.candidateCount)}):e.matchReason?$[e.matchReason]():``})]})]})}function ei({ids:e,aside:t,clear:n,onDone:r}){let i=w(Ir),a=w(Lr),o=w(Rr),[s,c]=(0,Z.useState)(!1),l=async()=>{let{ok:n,userErrors:i}=await o.run({ids:[...e],aside:!t});i[0]&&W(i[0].message),n&&(U(t?Ue({n:_(e.length)}):Be({n:_(e.length)})),r([]))};return(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsxs)(ue,{text:_e({count:e.length,n:_(e.length)}),clear:n,children:[(0,Q.jsx)(p,{busy:o.busy,onClick:()=>void l(),children:t?Mn():Pt()}),(0,Q.jsx)(p,{look:`primary`,onClick:()=>c(!0),children:Ye({n:_(e.length)})})]}),s&&(0,Q.jsx)(ti,{ids:e,busy:i.busy,onClose:()=>c(!1),onConfirm:async e=>{let{ok:t,data:n,userErrors:o}=await i.run({ids:[...e]});if(o[0]&&W(o[0].message),c(!1),!t||!n)return;let{results:s,batch:l}=n.confirmMatches,u=s.filter(e=>e.userErrors.length===0).map(e=>e.id),d=s.find(e=>e.userErrors.length>0),f=st({count:u.length,n:_(u.length)});U(d?`${f} ${E({count:s.length-u.length,n:_(s.length-u.length)})} ${d.userErrors[0]?.message}`:f,l?{label:H(),run:()=>void a.run({batch:l}).then(e=>e.ok&&r(u))}:void 0),r(u)}})]})}function ti({ids:e,busy:t,onClose:n,onConfirm:r}){let[i,a]=S({query:zr,variables:{ids:e.slice(0,100)}}),[o,s]=(0,Z.useState)(new Set),c=i.data?.nodes.flatMap(e=>e&&`candidates`in e?[e]:[])??[],l=c.filter(e=>e.candidates.length===1),u=l.filter(e=>!o.has(e.id)).map(e=>e.id);return(0,Q.jsxs)(T,{title:it(),open:!0,onClose:n,acts:(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(p,{onClick:n,children:D()}),(0,Q.jsx)(p,{look:`primary`,busy:t,disabled:u.length===0,onClick:()=>r(u),children:Ye({n:_(u.length)})})]}),children:[(0,Q.jsx)(`p`,{children:Qe()}),i.error&&(0,Q.jsx)(m,{error:i.error,again:a}),!i.data&&!i.error&&(0,Q.jsx)(x,{}),(0,Q.jsx)(`ul`,{className:`found`,children:l.map(e=>(0,Q.jsx)(`li`,{children:(0,Q.jsxs)(`label`,{className:`tick`,children:[(0,Q.jsx)(`input`,{type:`checkbox`,checked:!o.has(e.id),onChange:t=>{let n=new Set(o);t.target.checked?n.delete(e.id):n.add(e.id),s(n)}}),(0,Q.jsxs)(`span`,{children:[(0,Q.jsx)(`bdi`,{children:e.description}),(0,Q.jsxs)(`span`,{className:`block small muted`,children:[`→ `,(0,Q.jsx)(`bdi`,{children:e.candidates[0]?.name})]})]})]})},e.id))}),c.length>l.length&&(0,Q.jsx)(`p`,{className:`muted small`,children:tt({n:_(c.length-l.length)})})]})}export{Qr as Page,$ as reasonWords};