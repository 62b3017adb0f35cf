import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{t}from"./link-biMhFSWg.js";import{J as n,L as r,j as i,m as a,q as o}from"./index-BfxL8WRn.js";import{A as s,a as c,f as l,ft as u,h as d,i as f,k as p,n as ee,o as m,p as h,pt as g,r as _,s as v,t as te,v as y,w as b,y as x}from"./Panel-Bs6JSMci.js";import{n as S,r as C}from"./Role-CZxjv-ss.js";import{t as w}from"./Dialog-CwygFPhQ.js";import{r as ne}from"./Field-B9HP8HGd.js";import{t as T}from"./bulk_refused-CUOUGa9G.js";import{t as E}from"./cancel-kJBfc61O.js";import{n as re,t as ie}from"./Pager-e7MuyKZp.js";import{a as D,c as O,d as k,f as ae,g as oe,h as se,i as A,l as j,m as M,n as N,o as P,p as F,r as I,s as L,t as ce,u as le}from"./review_upc-BlfeZLkH.js";import{t as ue}from"./PickBar-C8YR6ahV.js";import{t as de}from"./filters_clear-D4T2FxJL.js";import{r as R}from"./Pill-CZGW8zfM.js";import{t as fe}from"./items_n-CRewn0F9.js";import{t as pe}from"./items_search-BZnxCsXO.js";import{t as z}from"./line_item-Dkje_czo.js";import{n as B,t as me}from"./SearchField-BJ5xfooV.js";import{t as he}from"./Tabs-Ctb0guJ3.js";import{t as ge}from"./review_brand-Bq5_51ap.js";import{t as _e}from"./review_picked-CAo3ij2u.js";import{t as V}from"./undo-DQNjEOGr.js";import{n as ve,o as H,s as U}from"./data-BdeIav0m.js";import{a as W,i as ye,o as be,r as xe,t as Se}from"./FindProduct-tfZgxGq5.js";import{i as Ce,n as G,r as K,t as q}from"./compare-hnlNIxKd.js";import{t as J}from"./registry-B1INsJo1.js";var we=()=>`link`,Te=()=>`vincular`,Ee=((e={},t={})=>(t.locale??b())===`es`?Te(e):we(e)),De=()=>`next, previous`,Oe=()=>`siguiente, anterior`,ke=((e={},t={})=>(t.locale??b())===`es`?Oe(e):De(e)),Ae=e=>`${e?.n} on hand`,je=e=>`${e?.n} en existencias`,Y=((e,t={})=>(t.locale??b())===`es`?je(e):Ae(e)),Me=()=>`All`,Ne=()=>`Todos`,Pe=((e={},t={})=>(t.locale??b())===`es`?Ne(e):Me(e)),Fe=()=>`Left aside`,Ie=()=>`Apartados`,Le=((e={},t={})=>(t.locale??b())===`es`?Ie(e):Fe(e)),Re=e=>`${e?.n} left aside`,ze=e=>`${e?.n} apartados`,Be=((e,t={})=>(t.locale??b())===`es`?ze(e):Re(e)),Ve=e=>`${e?.n} put back`,He=e=>`${e?.n} devueltos a la lista`,Ue=((e,t={})=>(t.locale??b())===`es`?He(e):Ve(e)),We=()=>`Candidates`,Ge=()=>`Candidatos`,Ke=((e={},t={})=>(t.locale??b())===`es`?Ge(e):We(e)),qe=e=>`Confirm ${e?.n}`,Je=e=>`Confirmar ${e?.n}`,X=((e,t={})=>(t.locale??b())===`es`?Je(e):qe(e)),Ye=()=>`Each item is linked to the product below it. Take the tick from those that are wrong.`,Xe=()=>`Cada artículo se vincula al producto de debajo. Quita la marca de los incorrectos.`,Ze=((e={},t={})=>(t.locale??b())===`es`?Xe(e):Ye(e)),Qe=e=>`${e?.n} with several candidates are left out: decide them one by one.`,$e=e=>`Se omiten ${e?.n} con varios candidatos: decídelos uno por uno.`,et=((e,t={})=>(t.locale??b())===`es`?$e(e):Qe(e)),tt=()=>`Are these pairs right?`,nt=()=>`¿Son correctas estas parejas?`,rt=((e={},t={})=>(t.locale??b())===`es`?nt(e):tt(e)),it=e=>{let t=J(`en`,e?.count,{});return t===`one`?`${e?.n} link confirmed.`:t===`other`?`${e?.n} links confirmed.`:`review_confirmed`},at=e=>{let t=J(`es`,e?.count,{});return t===`one`?`${e?.n} vínculo confirmado.`:t===`other`?`${e?.n} vínculos confirmados.`:`review_confirmed`},ot=((e,t={})=>(t.locale??b())===`es`?at(e):it(e)),st=()=>`Contradiction`,ct=()=>`Contradicción`,lt=((e={},t={})=>(t.locale??b())===`es`?ct(e):st(e)),ut=()=>`In doubt`,dt=()=>`En duda`,ft=((e={},t={})=>(t.locale??b())===`es`?dt(e):ut(e)),pt=()=>`Find another product`,mt=()=>`Buscar otro producto`,ht=((e={},t={})=>(t.locale??b())===`es`?mt(e):pt(e)),gt=e=>`${e?.n} of ${e?.of} the same`,_t=e=>`${e?.n} de ${e?.of} iguales`,vt=((e,t={})=>(t.locale??b())===`es`?_t(e):gt(e)),yt=e=>`fits best: ${e?.n} of ${e?.of} the same`,bt=e=>`el mejor: ${e?.n} de ${e?.of} iguales`,xt=((e,t={})=>(t.locale??b())===`es`?bt(e):yt(e)),St=()=>`Keep this`,Ct=()=>`Mantener este`,wt=((e={},t={})=>(t.locale??b())===`es`?Ct(e):St(e)),Tt=()=>`Items of Lightspeed whose product on the website a person should decide. What you decide stays, whatever is synced later.`,Et=()=>`Artículos de Lightspeed cuyo producto en el sitio web debe decidir una persona. Lo que decides se mantiene, pase lo que pase después.`,Dt=((e={},t={})=>(t.locale??b())===`es`?Et(e):Tt(e)),Ot=e=>`${e?.n} items wait for a decision, ${e?.stock} of them in stock. What you decide stays, whatever is synced later.`,kt=e=>`${e?.n} artículos esperan una decisión, ${e?.stock} con existencias. Lo que decides se mantiene, pase lo que pase después.`,At=((e,t={})=>(t.locale??b())===`es`?kt(e):Ot(e)),jt=()=>`Leave aside`,Mt=()=>`Apartar`,Nt=((e={},t={})=>(t.locale??b())===`es`?Mt(e):jt(e)),Pt=()=>`Linked to`,Ft=()=>`Vinculado a`,It=((e={},t={})=>(t.locale??b())===`es`?Ft(e):Pt(e)),Lt=e=>`${e?.n} more candidates are not shown here.`,Rt=e=>`${e?.n} candidatos más no se muestran aquí.`,zt=((e,t={})=>(t.locale??b())===`es`?Rt(e):Lt(e)),Bt=e=>`${e?.n} products`,Vt=e=>`${e?.n} productos`,Ht=((e,t={})=>(t.locale??b())===`es`?Vt(e):Bt(e)),Ut=e=>`${e?.n} items`,Wt=e=>`${e?.n} artículos`,Gt=((e,t={})=>(t.locale??b())===`es`?Wt(e):Ut(e)),Kt=()=>`Name`,qt=()=>`Nombre`,Jt=((e={},t={})=>(t.locale??b())===`es`?qt(e):Kt(e)),Yt=()=>`Next item`,Xt=()=>`Artículo siguiente`,Zt=((e={},t={})=>(t.locale??b())===`es`?Xt(e):Yt(e)),Qt=()=>`Its codes point to no product. Find the product yourself, or leave it aside.`,$t=()=>`Sus códigos no apuntan a ningún producto. Busca el producto o apártalo.`,en=((e={},t={})=>(t.locale??b())===`es`?$t(e):Qt(e)),tn=()=>`Nothing waits for a decision.`,nn=()=>`Nada espera una decisión.`,rn=((e={},t={})=>(t.locale??b())===`es`?nn(e):tn(e)),an=()=>`No item fits these filters.`,on=()=>`Ningún artículo cumple estos filtros.`,sn=((e={},t={})=>(t.locale??b())===`es`?on(e):an(e)),cn=()=>`Every item is linked, or its codes fit no product.`,ln=()=>`Cada artículo está vinculado, o sus códigos no coinciden con ningún producto.`,un=((e={},t={})=>(t.locale??b())===`es`?ln(e):cn(e)),dn=()=>`None of these`,fn=()=>`Ninguno de estos`,pn=((e={},t={})=>(t.locale??b())===`es`?fn(e):dn(e)),mn=e=>`only here: ${e?.words}`,hn=e=>`solo aquí: ${e?.words}`,gn=((e,t={})=>(t.locale??b())===`es`?hn(e):mn(e)),_n=()=>`decided`,vn=()=>`decidido`,yn=((e={},t={})=>(t.locale??b())===`es`?vn(e):_n(e)),bn=e=>`Select ${e?.name}`,xn=e=>`Seleccionar ${e?.name}`,Sn=((e,t={})=>(t.locale??b())===`es`?xn(e):bn(e)),Cn=e=>`${e?.n} of ${e?.of}`,wn=e=>`${e?.n} de ${e?.of}`,Tn=((e,t={})=>(t.locale??b())===`es`?wn(e):Cn(e)),En=()=>`Previous item`,Dn=()=>`Artículo anterior`,On=((e={},t={})=>(t.locale??b())===`es`?Dn(e):En(e)),kn=()=>`MSRP, price`,An=()=>`MSRP, precio`,jn=((e={},t={})=>(t.locale??b())===`es`?An(e):kn(e)),Mn=()=>`Put back`,Nn=()=>`Devolver a la lista`,Pn=((e={},t={})=>(t.locale??b())===`es`?Nn(e):Mn(e)),Fn=()=>`Items that wait`,In=()=>`Artículos que esperan`,Ln=((e={},t={})=>(t.locale??b())===`es`?In(e):Fn(e)),Rn=e=>`“${e?.name}” is none of these`,zn=e=>`«${e?.name}» no es ninguno de estos`,Bn=((e,t={})=>(t.locale??b())===`es`?zn(e):Rn(e)),Vn=()=>`Several claim it`,Hn=()=>`Varios lo reclaman`,Un=((e={},t={})=>(t.locale??b())===`es`?Hn(e):Vn(e)),Wn=()=>`Also claimed by:`,Gn=()=>`También lo reclaman:`,Kn=((e={},t={})=>(t.locale??b())===`es`?Gn(e):Wn(e)),qn=()=>`Stock`,Jn=()=>`Existencias`,Yn=((e={},t={})=>(t.locale??b())===`es`?Jn(e):qn(e)),Xn=()=>`With and without`,Zn=()=>`Con y sin`,Qn=((e={},t={})=>(t.locale??b())===`es`?Zn(e):Xn(e)),$n=()=>`In stock only`,er=()=>`Solo con existencias`,tr=((e={},t={})=>(t.locale??b())===`es`?er(e):$n(e)),nr=()=>`Barcode only`,rr=()=>`Solo código de barras`,ir=((e={},t={})=>(t.locale??b())===`es`?rr(e):nr(e)),ar=()=>`End the link`,or=()=>`Terminar el vínculo`,sr=((e={},t={})=>(t.locale??b())===`es`?or(e):ar(e)),cr=e=>`The link of “${e?.name}” has ended`,lr=e=>`El vínculo de «${e?.name}» ha terminado`,ur=((e,t={})=>(t.locale??b())===`es`?lr(e):cr(e)),dr=()=>`Size, color`,fr=()=>`Talla, color`,pr=((e={},t={})=>(t.locale??b())===`es`?fr(e):dr(e)),mr=()=>`Why they wait`,hr=()=>`Por qué esperan`,gr=((e={},t={})=>(t.locale??b())===`es`?hr(e):mr(e)),_r=()=>`A code says that this is the product, and something else speaks against it.`,vr=()=>`Un código dice que es este producto, y otra cosa lo contradice.`,yr=((e={},t={})=>(t.locale??b())===`es`?vr(e):_r(e)),br=()=>`It is linked and stays linked, but something that came later speaks against it.`,xr=()=>`Está vinculado y sigue vinculado, pero algo posterior lo contradice.`,Sr=((e={},t={})=>(t.locale??b())===`es`?xr(e):br(e)),Cr=()=>`Several products or items have the same codes.`,wr=()=>`Varios productos o artículos tienen los mismos códigos.`,Tr=((e={},t={})=>(t.locale??b())===`es`?wr(e):Cr(e)),Er=()=>`One barcode alone says that this is the product. Nothing else confirms it.`,Dr=()=>`Solo un código de barras dice que es este producto. Nada más lo confirma.`,Or=((e={},t={})=>(t.locale??b())===`es`?Dr(e):Er(e)),kr=()=>`the words fit`,Ar=()=>`las palabras coinciden`,jr=((e={},t={})=>(t.locale??b())===`es`?Ar(e):kr(e)),Z=e(g(),1),Mr=_(`
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
`),Nr=_(`
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
`),Pr=_(`
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
`),Fr=_(`
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
`),Ir=_(`
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
`),Lr=_(`
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
`),Rr=_(`
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
`),zr=_(`
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
`),Br=_(`
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
`),Vr=_(`
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
`),Q=u();function Hr(e){let[t,n]=s({query:Pr,variables:{id:e.id}}),r=t.data?.node&&`matchPending`in t.data.node&&t.data.node.matchPending;return(0,Z.useEffect)(()=>{if(!r)return;let e=setInterval(()=>n({requestPolicy:`network-only`}),2e3);return()=>clearInterval(e)},[r,n]),(0,Q.jsx)(`div`,{className:`case`,children:(0,Q.jsx)(m,{result:t,again:n,rows:8,children:({node:t})=>t&&`candidates`in t?(0,Q.jsx)(Gr,{item:t,...e}):null})})}var Ur={UNCONFIRMED:Or,CONTRADICTION:yr,RIVAL:Tr,DOUBT:Sr};function Wr(e,{onDecided:t,onUndone:n}){let r=C(xe),i=C(Ir),a=C(Lr),o=C(ye),s=async e=>{for(let t of e.decisions){let{ok:e,userErrors:n}=await o.run({id:t});if(n[0]&&U(n[0].message),!e)return}n(e.item),H(N())},c=(n,r)=>{let i={item:e.id,decisions:n.filter(e=>e!==void 0)};H(r,i.decisions.length>0?{label:V(),run:()=>void s(i)}:void 0),t(i)};return{busy:r.busy||i.busy||a.busy||o.busy,undo:s,async link(t){let{ok:n,data:i,userErrors:a}=await r.run({item:e.id,product:t.id});a[0]&&U(a[0].message),n&&c([i?.linkItem.decision?.id],be({name:t.name}))},async none(){let t=[];for(let n of e.candidates){let{ok:r,data:a,userErrors:o}=await i.run({item:e.id,product:n.id});if(o[0]&&U(o[0].message),!r)return;t.push(a?.rejectMatch.decision?.id)}c(t,Bn({name:e.description}))},async unlink(){let{ok:t,data:n,userErrors:r}=await a.run({item:e.id});r[0]&&U(r[0].message),t&&c([n?.unlinkItem.decision?.id],ur({name:e.description}))}}}function Gr({item:e,...t}){let n=Wr(e,t),[r,i]=(0,Z.useState)(!1),[a,o]=(0,Z.useState)(0);(0,Z.useEffect)(()=>{let r=r=>{if(r.ctrlKey||r.metaKey||r.altKey||B(r)||n.busy||document.querySelector(`[role=dialog],[role=alertdialog]:not(.toast)`))return;let i=/^[1-9]$/.test(r.key)?e.candidates[Number(r.key)-1]:void 0;if(i)n.link(i);else if(r.key.toLowerCase()===`x`&&e.candidates.length>0)n.none();else if(r.key.toLowerCase()===`u`&&t.last)n.undo(t.last);else return;r.preventDefault()};return window.addEventListener(`keydown`,r),()=>window.removeEventListener(`keydown`,r)});let s=e.candidates.slice(0,4),c=Kr(e),u=s.map(e=>c.map(t=>t.of(e).like).filter(e=>e!==`unknown`)),f=u.map(e=>e.filter(e=>e===`same`).length),p=f.indexOf(Math.max(...f));return(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsxs)(`div`,{className:`fix`,children:[(0,Q.jsxs)(`div`,{children:[(0,Q.jsx)(`h2`,{className:`any`,children:(0,Q.jsx)(`bdi`,{children:e.description||e.lightspeedItemId})}),(0,Q.jsxs)(`p`,{className:`muted small`,children:[[e.category,Y({n:x(q(e))})].filter(Boolean).join(` · `),e.stock.length>1&&`: ${e.stock.filter(e=>e.onHand!==0).map(e=>`${e.shop?.name??``} ${x(e.onHand)}`).join(`, `)}`]})]}),(0,Q.jsxs)(`span`,{className:`row one nw`,children:[(0,Q.jsx)(h,{icon:`up`,label:On(),onClick:()=>t.onStep(-1)}),(0,Q.jsx)(`span`,{className:`muted small`,children:t.place}),(0,Q.jsx)(h,{icon:`down`,label:Zt(),onClick:()=>t.onStep(1)})]})]}),e.matchReason&&(0,Q.jsxs)(`p`,{className:`gap`,children:[(0,Q.jsx)(`span`,{className:`t-warn`,children:(0,Q.jsx)(d,{name:`warn`})}),` `,Ur[e.matchReason]()]}),e.rivals.length>0&&(0,Q.jsxs)(`p`,{className:`small muted`,children:[Kn(),` `,e.rivals.map(e=>`${e.description} (${z({id:e.lightspeedItemId})})`).join(`, `)]}),s.length>1&&(0,Q.jsx)(`div`,{className:`only-p gap`,children:(0,Q.jsxs)(`fieldset`,{className:`chips`,children:[(0,Q.jsx)(`legend`,{className:`sr`,children:Ke()}),s.map((e,t)=>(0,Q.jsx)(`button`,{type:`button`,className:`chip`,"aria-pressed":t===a,onClick:()=>o(t),children:t+1},e.id))]})}),s.length>0?(0,Q.jsxs)(`table`,{className:`cmp n${s.length} show${a}`,children:[(0,Q.jsx)(`caption`,{className:`sr`,children:ae()}),(0,Q.jsx)(`thead`,{children:(0,Q.jsxs)(`tr`,{children:[(0,Q.jsx)(`th`,{scope:`col`,children:(0,Q.jsx)(`span`,{className:`sr`,children:O()})}),(0,Q.jsxs)(`th`,{scope:`col`,children:[P(),(0,Q.jsx)(`div`,{className:`muted small`,children:z({id:e.lightspeedItemId})})]}),s.map((e,t)=>(0,Q.jsxs)(`th`,{scope:`col`,className:`c c${t}`,children:[(0,Q.jsx)(`kbd`,{children:t+1}),` `,D(),(0,Q.jsx)(`div`,{className:`muted small`,children:(t===p&&s.length>1?xt:vt)({n:x(f[t]??0),of:x(u[t]?.length??0)})})]},e.id))]})}),(0,Q.jsx)(`tbody`,{children:c.map(e=>(0,Q.jsxs)(`tr`,{children:[(0,Q.jsx)(`th`,{scope:`row`,children:e.label}),(0,Q.jsx)(`td`,{className:`any`,children:e.own||(0,Q.jsx)(`span`,{className:`muted`,children:`–`})}),s.map((t,n)=>(0,Q.jsx)(qr,{field:e,candidate:t,nth:n},t.id))]},e.label))}),(0,Q.jsx)(`tfoot`,{children:(0,Q.jsxs)(`tr`,{children:[(0,Q.jsx)(`td`,{}),(0,Q.jsx)(`td`,{}),s.map((t,r)=>(0,Q.jsx)(`td`,{className:`c c${r}`,children:(0,Q.jsx)(S,{children:e.product?.id===t.id&&e.matchReason===null?(0,Q.jsx)(l,{busy:n.busy,onClick:()=>void n.unlink(),children:sr()}):(0,Q.jsxs)(l,{look:r===p?`primary`:`plain`,busy:n.busy,onClick:()=>void n.link(t),children:[e.product?.id===t.id?wt():W(),` `,(0,Q.jsx)(`kbd`,{className:`only-d`,children:r+1}),(0,Q.jsxs)(`span`,{className:`sr`,children:[` `,t.name]})]})})},t.id))]})})]}):(0,Q.jsx)(`p`,{className:`muted gap`,children:en()}),e.candidateCount>s.length&&(0,Q.jsx)(`p`,{className:`muted small gap`,children:zt({n:x(e.candidateCount-s.length)})}),(0,Q.jsx)(S,{children:(0,Q.jsxs)(`div`,{className:`row gap`,children:[e.candidates.length>0&&(0,Q.jsxs)(l,{busy:n.busy,onClick:()=>void n.none(),children:[pn(),` `,(0,Q.jsx)(`kbd`,{className:`only-d`,children:`X`})]}),e.product&&(0,Q.jsx)(l,{busy:n.busy,onClick:()=>void n.unlink(),children:sr()}),(0,Q.jsx)(l,{look:`quiet`,icon:`search`,onClick:()=>i(!0),children:ht()}),t.last&&(0,Q.jsxs)(l,{look:`quiet`,icon:`undo`,onClick:()=>t.last&&void n.undo(t.last),children:[V(),` `,(0,Q.jsx)(`kbd`,{className:`only-d`,children:`U`})]})]})}),e.decisions.length>0&&(0,Q.jsx)(Jr,{item:e,undo:t=>void n.undo({item:e.id,decisions:[t]})}),(0,Q.jsx)(S,{children:(0,Q.jsxs)(`p`,{className:`keys gap`,children:[(0,Q.jsxs)(`span`,{children:[(0,Q.jsx)(`kbd`,{children:`J`}),(0,Q.jsx)(`kbd`,{children:`K`}),` `,ke()]}),(0,Q.jsxs)(`span`,{children:[(0,Q.jsx)(`kbd`,{children:`1`}),`–`,(0,Q.jsx)(`kbd`,{children:`9`}),` `,Ee()]}),(0,Q.jsxs)(`span`,{children:[(0,Q.jsx)(`kbd`,{children:`X`}),` `,pn()]}),(0,Q.jsxs)(`span`,{children:[(0,Q.jsx)(`kbd`,{children:`U`}),` `,V()]})]})}),r&&(0,Q.jsx)(Yr,{item:e,busy:n.busy,onClose:()=>i(!1),onLink:e=>{i(!1),n.link(e)}})]})}function Kr(e){let t=e=>[e?.size,e?.color].filter(Boolean).join(`, `);return[{label:Jt(),own:e.description,of:t=>{let n=Ce(t.name,e.description);return n.length===0?{text:t.name,like:`same`,words:jr()}:{text:t.name,like:`differs`,words:gn({words:n.slice(0,5).join(` `)})}}},{label:ge(),own:e.brand,of:t=>({text:t.brand,like:K(e.brand,t.brand)})},{label:ce(),own:e.upc,of:t=>({text:[t.gtin1,t.gtin2].filter(Boolean).join(`, `),like:G(e.upc,t.gtin1,t.gtin2)})},{label:j(),own:e.ean,of:t=>({text:[t.gtin1,t.gtin2].filter(Boolean).join(`, `),like:G(e.ean,t.gtin1,t.gtin2)})},{label:I(),own:e.manufacturerSku,of:t=>({text:t.mpn,like:K(e.manufacturerSku,t.mpn)})},{label:pr(),own:t(e.variant),of:n=>({text:t(n.variant),like:K(t(e.variant),t(n.variant))})},{label:jn(),own:/[1-9]/.test(e.msrp.amount)?y(e.msrp):``,of:t=>({text:y(t.price),like:/[1-9]/.test(e.msrp.amount)?K(y(e.msrp),y(t.price)):`unknown`})},{label:It(),own:e.product?.name??``,of:e=>({text:e.posItem?`${e.posItem.description} (${z({id:e.posItem.lightspeedItemId})})`:``,like:`unknown`})}].filter(t=>t.own!==``||t.label!==j()&&e.candidates.some(e=>t.of(e).text!==``))}function qr({field:e,candidate:t,nth:n}){let{text:r,like:i,words:a}=e.of(t);return(0,Q.jsxs)(`td`,{className:`c c${n} any ${i===`same`?`same`:i===`differs`?`dif`:``}`,children:[(0,Q.jsx)(`bdi`,{children:r||(0,Q.jsx)(`span`,{className:`muted`,children:`–`})}),i!==`unknown`&&(0,Q.jsxs)(`span`,{className:`mk`,children:[(0,Q.jsx)(d,{name:i===`same`?`check`:`differs`}),a??(i===`same`?A():le())]})]})}function Jr({item:e,undo:t}){return(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(`h3`,{className:`gap`,children:k()}),(0,Q.jsx)(`ul`,{className:`rows`,children:e.decisions.map(e=>(0,Q.jsxs)(`li`,{children:[(0,Q.jsxs)(`span`,{children:[e.verdict===`LINK`?se({name:e.product.name}):M({name:e.product.name}),(0,Q.jsxs)(`span`,{className:`muted small block`,children:[e.decidedBy,`, `,(0,Q.jsx)(a,{at:e.decidedAt}),e.idle&&` · ${oe()}`]})]}),(0,Q.jsx)(S,{children:(0,Q.jsxs)(l,{small:!0,onClick:()=>t(e.id),children:[F(),(0,Q.jsxs)(`span`,{className:`sr`,children:[` `,e.product.name]})]})})]},e.id))})]})}function Yr({item:e,busy:t,onClose:n,onLink:r}){let[i,a]=(0,Z.useState)();return(0,Q.jsx)(w,{title:L({name:e.description}),open:!0,onClose:n,acts:(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(l,{onClick:n,children:E()}),(0,Q.jsx)(l,{look:`primary`,busy:t,disabled:!i,onClick:()=>i&&r(i),children:W()})]}),children:(0,Q.jsx)(`div`,{className:`fields`,children:(0,Q.jsx)(Se,{chosen:i,onChoose:a,start:e.manufacturerSku||e.brand})})})}var Xr=[`all`,`UNCONFIRMED`,`CONTRADICTION`,`RIVAL`,`DOUBT`,`aside`],$={UNCONFIRMED:ir,CONTRADICTION:lt,RIVAL:Un,DOUBT:ft},Zr=e=>e===`all`?Pe():e===`aside`?Le():$[e]();function Qr(e,t){return e===`all`?t.total:e===`aside`?t.setAside:t.reasons.find(t=>t.reason===e)?.count??0}var $r=15;function ei(){let e=n({strict:!1}),a=o(),c=p(),l=ve(),u=Xr.find(t=>t===e.why)??`all`,d={...e.q&&{search:e.q},...e.stock&&{inStock:!0},...u===`aside`&&{setAside:!0},...u!==`all`&&u!==`aside`&&{reasons:[u]}},[h,g]=s({query:Mr,variables:{...re(e,50),where:d}}),[_,v]=s({query:Nr,variables:{where:{...e.q&&{search:e.q},...e.stock&&{inStock:!0}}}}),y=_.data?.reviewSummary,[b,C]=(0,Z.useState)(new Set),[w,T]=(0,Z.useState)(),E=h.data?.reviewQueue.edges.map(e=>e.node)??[],D=e.item??E[0]?.id,O=E.findIndex(e=>e.id===D),k=(0,Z.useRef)(null),{after:ae,before:oe,item:se,...A}=e,j=e=>{C(new Set),a({to:`.`,search:{...A,...e},replace:!0})},M=(0,Z.useCallback)(e=>{e&&a({to:`.`,search:(t=>({...t,item:e})),replace:!0,resetScroll:!1})},[a]),N=e=>{let t=E[O+e];M(t?.id),t&&k.current?.querySelector(`[data-id="${t.id}"]`)?.scrollIntoView({block:`nearest`})},[P,F]=(0,Z.useState)([]);(0,Z.useEffect)(()=>{if(P.length===0)return;let e=$r,t=setInterval(async()=>{let{data:t}=await c.query(Fr,{ids:[...P]},{requestPolicy:`network-only`}).toPromise();t?.nodes.some(e=>e&&`matchPending`in e&&e.matchPending)&&--e!==0||(F([]),g({requestPolicy:`network-only`}),v({requestPolicy:`network-only`}))},2e3);return()=>clearInterval(t)},[P,c,g,v]);let I=e=>F(t=>[...new Set([...t,...e])].slice(-100)),L=e=>{let t=new Set(b);t.delete(e)||t.add(e),C(t)};return(0,Z.useEffect)(()=>{let e=e=>{if(e.ctrlKey||e.metaKey||e.altKey||B(e)||document.querySelector(`[role=dialog],[role=alertdialog]`))return;let t=e.key.toLowerCase();(t===`j`||t===`k`)&&(e.preventDefault(),N(t===`j`?1:-1))};return window.addEventListener(`keydown`,e),()=>window.removeEventListener(`keydown`,e)}),(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(ee,{title:i(),lead:y?At({n:x(y.total),stock:x(y.inStock)}):Dt()}),(0,Q.jsxs)(te,{title:(0,Q.jsx)(`span`,{className:`sr`,children:Zr(u)}),className:`lists`,flush:!0,children:[(0,Q.jsx)(he,{label:gr(),now:u,to:t=>({why:t===`all`?void 0:t,q:e.q,stock:e.stock}),tabs:Xr.map(e=>({value:e,label:Zr(e),count:y&&x(Qr(e,y))}))}),(0,Q.jsxs)(`div`,{className:`filters`,children:[(0,Q.jsx)(me,{label:pe(),value:e.q??``,onChange:e=>j({q:e})}),(0,Q.jsx)(ne,{label:Yn(),none:Qn(),value:e.stock??``,onChange:e=>j({stock:e}),choices:[{value:`yes`,label:tr()}]})]}),(0,Q.jsx)(m,{result:h,again:g,rows:8,children:({reviewQueue:n})=>n.edges.length===0?(0,Q.jsx)(`div`,{className:`pad24`,children:e.q||e.stock||u!==`all`?(0,Q.jsx)(f,{icon:`search`,title:sn(),act:(0,Q.jsx)(t,{to:`/review`,className:`btn`,children:de()})}):(0,Q.jsx)(f,{title:rn(),act:(0,Q.jsx)(t,{to:`/items`,className:`btn`,children:r()}),children:un()})}):(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsxs)(`div`,{className:`review`,children:[(0,Q.jsx)(`div`,{className:`queue`,ref:k,children:(0,Q.jsx)(`ul`,{"aria-label":Ln(),children:E.map(e=>(0,Q.jsx)(ti,{row:e,current:e.id===D,waits:P.includes(e.id),picked:l?b.has(e.id):void 0,onPick:()=>L(e.id),onShow:()=>M(e.id)},e.id))})}),D&&(0,Q.jsx)(Hr,{id:D,place:O<0?``:Tn({n:x(O+1),of:x(E.length)}),last:w,onDecided:e=>{T(e.decisions.length>0?e:void 0),I([e.item]),N(1)},onUndone:e=>{T(void 0),I([e])},onStep:N},D)]}),(0,Q.jsx)(ie,{info:n.pageInfo,text:fe({count:n.totalCount,n:x(n.totalCount)}),go:e=>void a({to:`.`,search:{...A,...e}})})]})})]}),(0,Q.jsx)(S,{children:b.size>0&&(0,Q.jsx)(ni,{ids:[...b],aside:u===`aside`,clear:()=>C(new Set),onDone:e=>{C(new Set),I(e),g({requestPolicy:`network-only`})}})})]})}function ti({row:e,current:t,waits:n,picked:r,onPick:i,onShow:a}){return(0,Q.jsxs)(`li`,{className:t?`cur`:void 0,"data-id":e.id,children:[r===void 0?(0,Q.jsx)(`span`,{}):(0,Q.jsx)(`input`,{type:`checkbox`,"aria-label":Sn({name:e.description}),checked:r,onChange:i}),(0,Q.jsx)(`button`,{type:`button`,className:`nm`,"aria-current":t||void 0,onClick:a,children:(0,Q.jsx)(`bdi`,{children:e.description||e.lightspeedItemId})}),(0,Q.jsxs)(`span`,{className:`m`,children:[(0,Q.jsxs)(`span`,{children:[Y({n:x(q(e))}),e.brand&&` · ${e.brand}`]}),n||e.matchPending?(0,Q.jsx)(R,{tone:`busy`,children:yn()}):(0,Q.jsx)(R,{tone:`plain`,children:e.rivalCount>0?Gt({n:x(e.rivalCount+1)}):e.candidateCount>1?Ht({n:x(e.candidateCount)}):e.matchReason?$[e.matchReason]():``})]})]})}function ni({ids:e,aside:t,clear:n,onDone:r}){let i=C(Rr),a=C(zr),o=C(Br),[s,c]=(0,Z.useState)(!1),u=async()=>{let{ok:n,userErrors:i}=await o.run({ids:[...e],aside:!t});i[0]&&U(i[0].message),n&&(H(t?Ue({n:x(e.length)}):Be({n:x(e.length)})),r([]))};return(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsxs)(ue,{text:_e({count:e.length,n:x(e.length)}),clear:n,children:[(0,Q.jsx)(l,{busy:o.busy,onClick:()=>void u(),children:t?Pn():Nt()}),(0,Q.jsx)(l,{look:`primary`,onClick:()=>c(!0),children:X({n:x(e.length)})})]}),s&&(0,Q.jsx)(ri,{ids:e,busy:i.busy,onClose:()=>c(!1),onConfirm:async e=>{let{ok:t,data:n,userErrors:o}=await i.run({ids:[...e]});if(o[0]&&U(o[0].message),c(!1),!t||!n)return;let{results:s,batch:l}=n.confirmMatches,u=s.filter(e=>e.userErrors.length===0).map(e=>e.id),d=s.find(e=>e.userErrors.length>0),f=ot({count:u.length,n:x(u.length)});H(d?`${f} ${T({count:s.length-u.length,n:x(s.length-u.length)})} ${d.userErrors[0]?.message}`:f,l?{label:V(),run:()=>void a.run({batch:l}).then(e=>e.ok&&r(u))}:void 0),r(u)}})]})}function ri({ids:e,busy:t,onClose:n,onConfirm:r}){let[i,a]=s({query:Vr,variables:{ids:e.slice(0,100)}}),[o,u]=(0,Z.useState)(new Set),d=i.data?.nodes.flatMap(e=>e&&`candidates`in e?[e]:[])??[],f=d.filter(e=>e.candidates.length===1),p=f.filter(e=>!o.has(e.id)).map(e=>e.id);return(0,Q.jsxs)(w,{title:rt(),open:!0,onClose:n,acts:(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(l,{onClick:n,children:E()}),(0,Q.jsx)(l,{look:`primary`,busy:t,disabled:p.length===0,onClick:()=>r(p),children:X({n:x(p.length)})})]}),children:[(0,Q.jsx)(`p`,{children:Ze()}),i.error&&(0,Q.jsx)(c,{error:i.error,again:a}),!i.data&&!i.error&&(0,Q.jsx)(v,{}),(0,Q.jsx)(`ul`,{className:`found`,children:f.map(e=>(0,Q.jsx)(`li`,{children:(0,Q.jsxs)(`label`,{className:`tick`,children:[(0,Q.jsx)(`input`,{type:`checkbox`,checked:!o.has(e.id),onChange:t=>{let n=new Set(o);t.target.checked?n.delete(e.id):n.add(e.id),u(n)}}),(0,Q.jsxs)(`span`,{children:[(0,Q.jsx)(`bdi`,{children:e.description}),(0,Q.jsxs)(`span`,{className:`block small muted`,children:[`→ `,(0,Q.jsx)(`bdi`,{children:e.candidates[0]?.name})]})]})]})},e.id))}),d.length>f.length&&(0,Q.jsx)(`p`,{className:`muted small`,children:et({n:x(d.length-f.length)})})]})}export{ei as Page,$ as reasonWords};