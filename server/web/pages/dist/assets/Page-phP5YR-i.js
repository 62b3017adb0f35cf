import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{t}from"./link-biMhFSWg.js";import{K as n,j as r,m as i,q as a}from"./index-0wQIc07Z.js";import{A as o,a as s,f as c,ft as l,h as u,i as d,k as f,n as p,o as m,p as h,pt as g,r as _,s as v,t as ee,v as y,w as b,y as x}from"./Panel-Bs6JSMci.js";import{n as S,r as C}from"./Role-Dt--fAOa.js";import{t as w}from"./Dialog-CwygFPhQ.js";import{r as te}from"./Field-B9HP8HGd.js";import{t as T}from"./bulk_refused-CUOUGa9G.js";import{t as E}from"./cancel-kJBfc61O.js";import{n as ne,t as re}from"./Pager-e7MuyKZp.js";import{a as D,c as O,d as k,f as ie,g as ae,h as oe,i as A,l as j,m as M,n as N,o as P,p as F,r as I,s as L,t as se,u as ce}from"./review_upc-BlfeZLkH.js";import{t as le}from"./PickBar-C8YR6ahV.js";import{t as ue}from"./filters_clear-D4T2FxJL.js";import{r as R}from"./Pill-CZGW8zfM.js";import{t as de}from"./items_n-CRewn0F9.js";import{t as fe}from"./items_search-BZnxCsXO.js";import{t as z}from"./line_item-Dkje_czo.js";import{n as B,t as pe}from"./SearchField-BJ5xfooV.js";import{t as me}from"./Tabs-Ctb0guJ3.js";import{t as he}from"./review_brand-Bq5_51ap.js";import{t as ge}from"./review_picked-CAo3ij2u.js";import{t as V}from"./undo-DQNjEOGr.js";import{n as _e,o as H,s as U}from"./data-BdeIav0m.js";import{a as W,i as ve,o as ye,r as be,t as xe}from"./FindProduct-tfZgxGq5.js";import{i as Se,n as G,r as K,t as q}from"./compare-hnlNIxKd.js";import{t as J}from"./registry-B1INsJo1.js";var Ce=()=>`link`,we=()=>`vincular`,Te=((e={},t={})=>(t.locale??b())===`es`?we(e):Ce(e)),Ee=()=>`next, previous`,De=()=>`siguiente, anterior`,Oe=((e={},t={})=>(t.locale??b())===`es`?De(e):Ee(e)),ke=e=>`${e?.n} on hand`,Ae=e=>`${e?.n} en existencias`,Y=((e,t={})=>(t.locale??b())===`es`?Ae(e):ke(e)),je=()=>`All`,Me=()=>`Todos`,Ne=((e={},t={})=>(t.locale??b())===`es`?Me(e):je(e)),Pe=()=>`Left aside`,Fe=()=>`Apartados`,Ie=((e={},t={})=>(t.locale??b())===`es`?Fe(e):Pe(e)),Le=e=>`${e?.n} left aside`,Re=e=>`${e?.n} apartados`,ze=((e,t={})=>(t.locale??b())===`es`?Re(e):Le(e)),Be=e=>`${e?.n} put back`,Ve=e=>`${e?.n} devueltos a la lista`,He=((e,t={})=>(t.locale??b())===`es`?Ve(e):Be(e)),Ue=()=>`Candidates`,We=()=>`Candidatos`,Ge=((e={},t={})=>(t.locale??b())===`es`?We(e):Ue(e)),Ke=e=>`Confirm ${e?.n}`,qe=e=>`Confirmar ${e?.n}`,X=((e,t={})=>(t.locale??b())===`es`?qe(e):Ke(e)),Je=()=>`Each item is linked to the product below it. Take the tick from those that are wrong.`,Ye=()=>`Cada artículo se vincula al producto de debajo. Quita la marca de los incorrectos.`,Xe=((e={},t={})=>(t.locale??b())===`es`?Ye(e):Je(e)),Ze=e=>`${e?.n} with several candidates are left out: decide them one by one.`,Qe=e=>`Se omiten ${e?.n} con varios candidatos: decídelos uno por uno.`,$e=((e,t={})=>(t.locale??b())===`es`?Qe(e):Ze(e)),et=()=>`Are these pairs right?`,tt=()=>`¿Son correctas estas parejas?`,nt=((e={},t={})=>(t.locale??b())===`es`?tt(e):et(e)),rt=e=>{let t=J(`en`,e?.count,{});return t===`one`?`${e?.n} link confirmed.`:t===`other`?`${e?.n} links confirmed.`:`review_confirmed`},it=e=>{let t=J(`es`,e?.count,{});return t===`one`?`${e?.n} vínculo confirmado.`:t===`other`?`${e?.n} vínculos confirmados.`:`review_confirmed`},at=((e,t={})=>(t.locale??b())===`es`?it(e):rt(e)),ot=()=>`Contradiction`,st=()=>`Contradicción`,ct=((e={},t={})=>(t.locale??b())===`es`?st(e):ot(e)),lt=()=>`In doubt`,ut=()=>`En duda`,dt=((e={},t={})=>(t.locale??b())===`es`?ut(e):lt(e)),ft=()=>`Find another product`,pt=()=>`Buscar otro producto`,mt=((e={},t={})=>(t.locale??b())===`es`?pt(e):ft(e)),ht=e=>`${e?.n} of ${e?.of} the same`,gt=e=>`${e?.n} de ${e?.of} iguales`,_t=((e,t={})=>(t.locale??b())===`es`?gt(e):ht(e)),vt=e=>`fits best: ${e?.n} of ${e?.of} the same`,yt=e=>`el mejor: ${e?.n} de ${e?.of} iguales`,bt=((e,t={})=>(t.locale??b())===`es`?yt(e):vt(e)),xt=()=>`Keep this`,St=()=>`Mantener este`,Ct=((e={},t={})=>(t.locale??b())===`es`?St(e):xt(e)),wt=()=>`Items of Lightspeed whose product on the website a person should decide. What you decide stays, whatever is synced later.`,Tt=()=>`Artículos de Lightspeed cuyo producto en el sitio web debe decidir una persona. Lo que decides se mantiene, pase lo que pase después.`,Et=((e={},t={})=>(t.locale??b())===`es`?Tt(e):wt(e)),Dt=e=>`${e?.n} items wait for a decision, ${e?.stock} of them in stock. What you decide stays, whatever is synced later.`,Ot=e=>`${e?.n} artículos esperan una decisión, ${e?.stock} con existencias. Lo que decides se mantiene, pase lo que pase después.`,kt=((e,t={})=>(t.locale??b())===`es`?Ot(e):Dt(e)),At=()=>`Leave aside`,jt=()=>`Apartar`,Mt=((e={},t={})=>(t.locale??b())===`es`?jt(e):At(e)),Nt=()=>`Linked to`,Pt=()=>`Vinculado a`,Ft=((e={},t={})=>(t.locale??b())===`es`?Pt(e):Nt(e)),It=e=>`${e?.n} more candidates are not shown here.`,Lt=e=>`${e?.n} candidatos más no se muestran aquí.`,Rt=((e,t={})=>(t.locale??b())===`es`?Lt(e):It(e)),zt=e=>`${e?.n} products`,Bt=e=>`${e?.n} productos`,Vt=((e,t={})=>(t.locale??b())===`es`?Bt(e):zt(e)),Ht=e=>`${e?.n} items`,Ut=e=>`${e?.n} artículos`,Wt=((e,t={})=>(t.locale??b())===`es`?Ut(e):Ht(e)),Gt=()=>`Name`,Kt=()=>`Nombre`,qt=((e={},t={})=>(t.locale??b())===`es`?Kt(e):Gt(e)),Jt=()=>`Next item`,Yt=()=>`Artículo siguiente`,Xt=((e={},t={})=>(t.locale??b())===`es`?Yt(e):Jt(e)),Zt=()=>`Its codes point to no product. Find the product yourself, or leave it aside.`,Qt=()=>`Sus códigos no apuntan a ningún producto. Busca el producto o apártalo.`,$t=((e={},t={})=>(t.locale??b())===`es`?Qt(e):Zt(e)),en=()=>`Nothing waits for a decision.`,tn=()=>`Nada espera una decisión.`,nn=((e={},t={})=>(t.locale??b())===`es`?tn(e):en(e)),rn=()=>`No item fits these filters.`,an=()=>`Ningún artículo cumple estos filtros.`,on=((e={},t={})=>(t.locale??b())===`es`?an(e):rn(e)),sn=()=>`Every item is linked, or its codes fit no product.`,cn=()=>`Cada artículo está vinculado, o sus códigos no coinciden con ningún producto.`,ln=((e={},t={})=>(t.locale??b())===`es`?cn(e):sn(e)),un=()=>`None of these`,dn=()=>`Ninguno de estos`,fn=((e={},t={})=>(t.locale??b())===`es`?dn(e):un(e)),pn=e=>`only here: ${e?.words}`,mn=e=>`solo aquí: ${e?.words}`,hn=((e,t={})=>(t.locale??b())===`es`?mn(e):pn(e)),gn=()=>`decided`,_n=()=>`decidido`,vn=((e={},t={})=>(t.locale??b())===`es`?_n(e):gn(e)),yn=e=>`Select ${e?.name}`,bn=e=>`Seleccionar ${e?.name}`,xn=((e,t={})=>(t.locale??b())===`es`?bn(e):yn(e)),Sn=e=>`${e?.n} of ${e?.of}`,Cn=e=>`${e?.n} de ${e?.of}`,wn=((e,t={})=>(t.locale??b())===`es`?Cn(e):Sn(e)),Tn=()=>`Previous item`,En=()=>`Artículo anterior`,Dn=((e={},t={})=>(t.locale??b())===`es`?En(e):Tn(e)),On=()=>`MSRP, price`,kn=()=>`MSRP, precio`,An=((e={},t={})=>(t.locale??b())===`es`?kn(e):On(e)),jn=()=>`Put back`,Mn=()=>`Devolver a la lista`,Nn=((e={},t={})=>(t.locale??b())===`es`?Mn(e):jn(e)),Pn=()=>`Items that wait`,Fn=()=>`Artículos que esperan`,In=((e={},t={})=>(t.locale??b())===`es`?Fn(e):Pn(e)),Ln=e=>`“${e?.name}” is none of these`,Rn=e=>`«${e?.name}» no es ninguno de estos`,zn=((e,t={})=>(t.locale??b())===`es`?Rn(e):Ln(e)),Bn=()=>`Several claim it`,Vn=()=>`Varios lo reclaman`,Hn=((e={},t={})=>(t.locale??b())===`es`?Vn(e):Bn(e)),Un=()=>`Also claimed by:`,Wn=()=>`También lo reclaman:`,Gn=((e={},t={})=>(t.locale??b())===`es`?Wn(e):Un(e)),Kn=()=>`Stock`,qn=()=>`Existencias`,Jn=((e={},t={})=>(t.locale??b())===`es`?qn(e):Kn(e)),Yn=()=>`With and without`,Xn=()=>`Con y sin`,Zn=((e={},t={})=>(t.locale??b())===`es`?Xn(e):Yn(e)),Qn=()=>`In stock only`,$n=()=>`Solo con existencias`,er=((e={},t={})=>(t.locale??b())===`es`?$n(e):Qn(e)),tr=()=>`Barcode only`,nr=()=>`Solo código de barras`,rr=((e={},t={})=>(t.locale??b())===`es`?nr(e):tr(e)),ir=()=>`End the link`,ar=()=>`Terminar el vínculo`,or=((e={},t={})=>(t.locale??b())===`es`?ar(e):ir(e)),sr=e=>`The link of “${e?.name}” has ended`,cr=e=>`El vínculo de «${e?.name}» ha terminado`,lr=((e,t={})=>(t.locale??b())===`es`?cr(e):sr(e)),ur=()=>`Size, color`,dr=()=>`Talla, color`,fr=((e={},t={})=>(t.locale??b())===`es`?dr(e):ur(e)),pr=()=>`Why they wait`,mr=()=>`Por qué esperan`,hr=((e={},t={})=>(t.locale??b())===`es`?mr(e):pr(e)),gr=()=>`A code says that this is the product, and something else speaks against it.`,_r=()=>`Un código dice que es este producto, y otra cosa lo contradice.`,vr=((e={},t={})=>(t.locale??b())===`es`?_r(e):gr(e)),yr=()=>`It is linked and stays linked, but something that came later speaks against it.`,br=()=>`Está vinculado y sigue vinculado, pero algo posterior lo contradice.`,xr=((e={},t={})=>(t.locale??b())===`es`?br(e):yr(e)),Sr=()=>`Several products or items have the same codes.`,Cr=()=>`Varios productos o artículos tienen los mismos códigos.`,wr=((e={},t={})=>(t.locale??b())===`es`?Cr(e):Sr(e)),Tr=()=>`One barcode alone says that this is the product. Nothing else confirms it.`,Er=()=>`Solo un código de barras dice que es este producto. Nada más lo confirma.`,Dr=((e={},t={})=>(t.locale??b())===`es`?Er(e):Tr(e)),Or=()=>`the words fit`,kr=()=>`las palabras coinciden`,Ar=((e={},t={})=>(t.locale??b())===`es`?kr(e):Or(e)),Z=e(g(),1),jr=_(`
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
`),Mr=_(`
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
`),Nr=_(`
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
`),Pr=_(`
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
`),Fr=_(`
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
`),Ir=_(`
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
`),Lr=_(`
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
`),Rr=_(`
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
`),zr=_(`
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
`),Br=_(`
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
`),Q=l();function Vr(e){let[t,n]=o({query:Nr,variables:{id:e.id}}),r=t.data?.node&&`matchPending`in t.data.node&&t.data.node.matchPending;return(0,Z.useEffect)(()=>{if(!r)return;let e=setInterval(()=>n({requestPolicy:`network-only`}),2e3);return()=>clearInterval(e)},[r,n]),(0,Q.jsx)(`div`,{className:`case`,children:(0,Q.jsx)(m,{result:t,again:n,rows:8,children:({node:t})=>t&&`candidates`in t?(0,Q.jsx)(Wr,{item:t,...e}):null})})}var Hr={UNCONFIRMED:Dr,CONTRADICTION:vr,RIVAL:wr,DOUBT:xr};function Ur(e,{onDecided:t,onUndone:n}){let r=C(be),i=C(Fr),a=C(Ir),o=C(ve),s=async e=>{for(let t of e.decisions){let{ok:e,userErrors:n}=await o.run({id:t});if(n[0]&&U(n[0].message),!e)return}n(e.item),H(N())},c=(n,r)=>{let i={item:e.id,decisions:n.filter(e=>e!==void 0)};H(r,i.decisions.length>0?{label:V(),run:()=>void s(i)}:void 0),t(i)};return{busy:r.busy||i.busy||a.busy||o.busy,undo:s,async link(t){let{ok:n,data:i,userErrors:a}=await r.run({item:e.id,product:t.id});a[0]&&U(a[0].message),n&&c([i?.linkItem.decision?.id],ye({name:t.name}))},async none(){let t=[];for(let n of e.candidates){let{ok:r,data:a,userErrors:o}=await i.run({item:e.id,product:n.id});if(o[0]&&U(o[0].message),!r)return;t.push(a?.rejectMatch.decision?.id)}c(t,zn({name:e.description}))},async unlink(){let{ok:t,data:n,userErrors:r}=await a.run({item:e.id});r[0]&&U(r[0].message),t&&c([n?.unlinkItem.decision?.id],lr({name:e.description}))}}}function Wr({item:e,...t}){let n=Ur(e,t),[r,i]=(0,Z.useState)(!1),[a,o]=(0,Z.useState)(0);(0,Z.useEffect)(()=>{let r=r=>{if(r.ctrlKey||r.metaKey||r.altKey||B(r)||n.busy||document.querySelector(`[role=dialog],[role=alertdialog]:not(.toast)`))return;let i=/^[1-9]$/.test(r.key)?e.candidates[Number(r.key)-1]:void 0;if(i)n.link(i);else if(r.key.toLowerCase()===`x`&&e.candidates.length>0)n.none();else if(r.key.toLowerCase()===`u`&&t.last)n.undo(t.last);else return;r.preventDefault()};return window.addEventListener(`keydown`,r),()=>window.removeEventListener(`keydown`,r)});let s=e.candidates.slice(0,4),l=Gr(e),d=s.map(e=>l.map(t=>t.of(e).like).filter(e=>e!==`unknown`)),f=d.map(e=>e.filter(e=>e===`same`).length),p=f.indexOf(Math.max(...f));return(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsxs)(`div`,{className:`fix`,children:[(0,Q.jsxs)(`div`,{children:[(0,Q.jsx)(`h2`,{className:`any`,children:(0,Q.jsx)(`bdi`,{children:e.description||e.lightspeedItemId})}),(0,Q.jsxs)(`p`,{className:`muted small`,children:[[e.category,Y({n:x(q(e))})].filter(Boolean).join(` · `),e.stock.length>1&&`: ${e.stock.filter(e=>e.onHand!==0).map(e=>`${e.shop?.name??``} ${x(e.onHand)}`).join(`, `)}`]})]}),(0,Q.jsxs)(`span`,{className:`row one nw`,children:[(0,Q.jsx)(h,{icon:`up`,label:Dn(),onClick:()=>t.onStep(-1)}),(0,Q.jsx)(`span`,{className:`muted small`,children:t.place}),(0,Q.jsx)(h,{icon:`down`,label:Xt(),onClick:()=>t.onStep(1)})]})]}),e.matchReason&&(0,Q.jsxs)(`p`,{className:`gap`,children:[(0,Q.jsx)(`span`,{className:`t-warn`,children:(0,Q.jsx)(u,{name:`warn`})}),` `,Hr[e.matchReason]()]}),e.rivals.length>0&&(0,Q.jsxs)(`p`,{className:`small muted`,children:[Gn(),` `,e.rivals.map(e=>`${e.description} (${z({id:e.lightspeedItemId})})`).join(`, `)]}),s.length>1&&(0,Q.jsx)(`div`,{className:`only-p gap`,children:(0,Q.jsxs)(`fieldset`,{className:`chips`,children:[(0,Q.jsx)(`legend`,{className:`sr`,children:Ge()}),s.map((e,t)=>(0,Q.jsx)(`button`,{type:`button`,className:`chip`,"aria-pressed":t===a,onClick:()=>o(t),children:t+1},e.id))]})}),s.length>0?(0,Q.jsxs)(`table`,{className:`cmp n${s.length} show${a}`,children:[(0,Q.jsx)(`caption`,{className:`sr`,children:ie()}),(0,Q.jsx)(`thead`,{children:(0,Q.jsxs)(`tr`,{children:[(0,Q.jsx)(`th`,{scope:`col`,children:(0,Q.jsx)(`span`,{className:`sr`,children:O()})}),(0,Q.jsxs)(`th`,{scope:`col`,children:[P(),(0,Q.jsx)(`div`,{className:`muted small`,children:z({id:e.lightspeedItemId})})]}),s.map((e,t)=>(0,Q.jsxs)(`th`,{scope:`col`,className:`c c${t}`,children:[(0,Q.jsx)(`kbd`,{children:t+1}),` `,D(),(0,Q.jsx)(`div`,{className:`muted small`,children:(t===p&&s.length>1?bt:_t)({n:x(f[t]??0),of:x(d[t]?.length??0)})})]},e.id))]})}),(0,Q.jsx)(`tbody`,{children:l.map(e=>(0,Q.jsxs)(`tr`,{children:[(0,Q.jsx)(`th`,{scope:`row`,children:e.label}),(0,Q.jsx)(`td`,{className:`any`,children:e.own||(0,Q.jsx)(`span`,{className:`muted`,children:`–`})}),s.map((t,n)=>(0,Q.jsx)(Kr,{field:e,candidate:t,nth:n},t.id))]},e.label))}),(0,Q.jsx)(`tfoot`,{children:(0,Q.jsxs)(`tr`,{children:[(0,Q.jsx)(`td`,{}),(0,Q.jsx)(`td`,{}),s.map((t,r)=>(0,Q.jsx)(`td`,{className:`c c${r}`,children:(0,Q.jsx)(S,{children:e.product?.id===t.id&&e.matchReason===null?(0,Q.jsx)(c,{busy:n.busy,onClick:()=>void n.unlink(),children:or()}):(0,Q.jsxs)(c,{look:r===p?`primary`:`plain`,busy:n.busy,onClick:()=>void n.link(t),children:[e.product?.id===t.id?Ct():W(),` `,(0,Q.jsx)(`kbd`,{className:`only-d`,children:r+1}),(0,Q.jsxs)(`span`,{className:`sr`,children:[` `,t.name]})]})})},t.id))]})})]}):(0,Q.jsx)(`p`,{className:`muted gap`,children:$t()}),e.candidateCount>s.length&&(0,Q.jsx)(`p`,{className:`muted small gap`,children:Rt({n:x(e.candidateCount-s.length)})}),(0,Q.jsx)(S,{children:(0,Q.jsxs)(`div`,{className:`row gap`,children:[e.candidates.length>0&&(0,Q.jsxs)(c,{busy:n.busy,onClick:()=>void n.none(),children:[fn(),` `,(0,Q.jsx)(`kbd`,{className:`only-d`,children:`X`})]}),e.product&&(0,Q.jsx)(c,{busy:n.busy,onClick:()=>void n.unlink(),children:or()}),(0,Q.jsx)(c,{look:`quiet`,icon:`search`,onClick:()=>i(!0),children:mt()}),t.last&&(0,Q.jsxs)(c,{look:`quiet`,icon:`undo`,onClick:()=>t.last&&void n.undo(t.last),children:[V(),` `,(0,Q.jsx)(`kbd`,{className:`only-d`,children:`U`})]})]})}),e.decisions.length>0&&(0,Q.jsx)(qr,{item:e,undo:t=>void n.undo({item:e.id,decisions:[t]})}),(0,Q.jsx)(S,{children:(0,Q.jsxs)(`p`,{className:`keys gap`,children:[(0,Q.jsxs)(`span`,{children:[(0,Q.jsx)(`kbd`,{children:`J`}),(0,Q.jsx)(`kbd`,{children:`K`}),` `,Oe()]}),(0,Q.jsxs)(`span`,{children:[(0,Q.jsx)(`kbd`,{children:`1`}),`–`,(0,Q.jsx)(`kbd`,{children:`9`}),` `,Te()]}),(0,Q.jsxs)(`span`,{children:[(0,Q.jsx)(`kbd`,{children:`X`}),` `,fn()]}),(0,Q.jsxs)(`span`,{children:[(0,Q.jsx)(`kbd`,{children:`U`}),` `,V()]})]})}),r&&(0,Q.jsx)(Jr,{item:e,busy:n.busy,onClose:()=>i(!1),onLink:e=>{i(!1),n.link(e)}})]})}function Gr(e){let t=e=>[e?.size,e?.color].filter(Boolean).join(`, `);return[{label:qt(),own:e.description,of:t=>{let n=Se(t.name,e.description);return n.length===0?{text:t.name,like:`same`,words:Ar()}:{text:t.name,like:`differs`,words:hn({words:n.slice(0,5).join(` `)})}}},{label:he(),own:e.brand,of:t=>({text:t.brand,like:K(e.brand,t.brand)})},{label:se(),own:e.upc,of:t=>({text:[t.gtin1,t.gtin2].filter(Boolean).join(`, `),like:G(e.upc,t.gtin1,t.gtin2)})},{label:j(),own:e.ean,of:t=>({text:[t.gtin1,t.gtin2].filter(Boolean).join(`, `),like:G(e.ean,t.gtin1,t.gtin2)})},{label:I(),own:e.manufacturerSku,of:t=>({text:t.mpn,like:K(e.manufacturerSku,t.mpn)})},{label:fr(),own:t(e.variant),of:n=>({text:t(n.variant),like:K(t(e.variant),t(n.variant))})},{label:An(),own:/[1-9]/.test(e.msrp.amount)?y(e.msrp):``,of:t=>({text:y(t.price),like:/[1-9]/.test(e.msrp.amount)?K(y(e.msrp),y(t.price)):`unknown`})},{label:Ft(),own:e.product?.name??``,of:e=>({text:e.posItem?`${e.posItem.description} (${z({id:e.posItem.lightspeedItemId})})`:``,like:`unknown`})}].filter(t=>t.own!==``||t.label!==j()&&e.candidates.some(e=>t.of(e).text!==``))}function Kr({field:e,candidate:t,nth:n}){let{text:r,like:i,words:a}=e.of(t);return(0,Q.jsxs)(`td`,{className:`c c${n} any ${i===`same`?`same`:i===`differs`?`dif`:``}`,children:[(0,Q.jsx)(`bdi`,{children:r||(0,Q.jsx)(`span`,{className:`muted`,children:`–`})}),i!==`unknown`&&(0,Q.jsxs)(`span`,{className:`mk`,children:[(0,Q.jsx)(u,{name:i===`same`?`check`:`differs`}),a??(i===`same`?A():ce())]})]})}function qr({item:e,undo:t}){return(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(`h3`,{className:`gap`,children:k()}),(0,Q.jsx)(`ul`,{className:`rows`,children:e.decisions.map(e=>(0,Q.jsxs)(`li`,{children:[(0,Q.jsxs)(`span`,{children:[e.verdict===`LINK`?oe({name:e.product.name}):M({name:e.product.name}),(0,Q.jsxs)(`span`,{className:`muted small block`,children:[e.decidedBy,`, `,(0,Q.jsx)(i,{at:e.decidedAt}),e.idle&&` · ${ae()}`]})]}),(0,Q.jsx)(S,{children:(0,Q.jsxs)(c,{small:!0,onClick:()=>t(e.id),children:[F(),(0,Q.jsxs)(`span`,{className:`sr`,children:[` `,e.product.name]})]})})]},e.id))})]})}function Jr({item:e,busy:t,onClose:n,onLink:r}){let[i,a]=(0,Z.useState)();return(0,Q.jsx)(w,{title:L({name:e.description}),open:!0,onClose:n,acts:(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(c,{onClick:n,children:E()}),(0,Q.jsx)(c,{look:`primary`,busy:t,disabled:!i,onClick:()=>i&&r(i),children:W()})]}),children:(0,Q.jsx)(`div`,{className:`fields`,children:(0,Q.jsx)(xe,{chosen:i,onChoose:a,start:e.manufacturerSku||e.brand})})})}var Yr=[`all`,`UNCONFIRMED`,`CONTRADICTION`,`RIVAL`,`DOUBT`,`aside`],$={UNCONFIRMED:rr,CONTRADICTION:ct,RIVAL:Hn,DOUBT:dt},Xr=e=>e===`all`?Ne():e===`aside`?Ie():$[e]();function Zr(e,t){return e===`all`?t.total:e===`aside`?t.setAside:t.reasons.find(t=>t.reason===e)?.count??0}var Qr=15;function $r(){let e=a({strict:!1}),i=n(),s=f(),c=_e(),l=Yr.find(t=>t===e.why)??`all`,u={...e.q&&{search:e.q},...e.stock&&{inStock:!0},...l===`aside`&&{setAside:!0},...l!==`all`&&l!==`aside`&&{reasons:[l]}},[h,g]=o({query:jr,variables:{...ne(e,50),where:u}}),[_,v]=o({query:Mr,variables:{where:{...e.q&&{search:e.q},...e.stock&&{inStock:!0}}}}),y=_.data?.reviewSummary,[b,C]=(0,Z.useState)(new Set),[w,T]=(0,Z.useState)(),E=h.data?.reviewQueue.edges.map(e=>e.node)??[],D=e.item??E[0]?.id,O=E.findIndex(e=>e.id===D),k=(0,Z.useRef)(null),{after:ie,before:ae,item:oe,...A}=e,j=e=>{C(new Set),i({to:`.`,search:{...A,...e},replace:!0})},M=(0,Z.useCallback)(e=>{e&&i({to:`.`,search:(t=>({...t,item:e})),replace:!0,resetScroll:!1})},[i]),N=e=>{let t=E[O+e];M(t?.id),t&&k.current?.querySelector(`[data-id="${t.id}"]`)?.scrollIntoView({block:`nearest`})},[P,F]=(0,Z.useState)([]);(0,Z.useEffect)(()=>{if(P.length===0)return;let e=Qr,t=setInterval(async()=>{let{data:t}=await s.query(Pr,{ids:[...P]},{requestPolicy:`network-only`}).toPromise();t?.nodes.some(e=>e&&`matchPending`in e&&e.matchPending)&&--e!==0||(F([]),g({requestPolicy:`network-only`}),v({requestPolicy:`network-only`}))},2e3);return()=>clearInterval(t)},[P,s,g,v]);let I=e=>F(t=>[...new Set([...t,...e])].slice(-100)),L=e=>{let t=new Set(b);t.delete(e)||t.add(e),C(t)};return(0,Z.useEffect)(()=>{let e=e=>{if(e.ctrlKey||e.metaKey||e.altKey||B(e)||document.querySelector(`[role=dialog],[role=alertdialog]`))return;let t=e.key.toLowerCase();(t===`j`||t===`k`)&&(e.preventDefault(),N(t===`j`?1:-1))};return window.addEventListener(`keydown`,e),()=>window.removeEventListener(`keydown`,e)}),(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(p,{title:r(),lead:y?kt({n:x(y.total),stock:x(y.inStock)}):Et()}),(0,Q.jsxs)(ee,{title:(0,Q.jsx)(`span`,{className:`sr`,children:Xr(l)}),className:`lists`,flush:!0,children:[(0,Q.jsx)(me,{label:hr(),now:l,to:t=>({why:t===`all`?void 0:t,q:e.q,stock:e.stock}),tabs:Yr.map(e=>({value:e,label:Xr(e),count:y&&x(Zr(e,y))}))}),(0,Q.jsxs)(`div`,{className:`filters`,children:[(0,Q.jsx)(pe,{label:fe(),value:e.q??``,onChange:e=>j({q:e})}),(0,Q.jsx)(te,{label:Jn(),none:Zn(),value:e.stock??``,onChange:e=>j({stock:e}),choices:[{value:`yes`,label:er()}]})]}),(0,Q.jsx)(m,{result:h,again:g,rows:8,children:({reviewQueue:n})=>n.edges.length===0?(0,Q.jsx)(`div`,{className:`pad24`,children:e.q||e.stock||l!==`all`?(0,Q.jsx)(d,{icon:`search`,title:on(),act:(0,Q.jsx)(t,{to:`/review`,className:`btn`,children:ue()})}):(0,Q.jsx)(d,{title:nn(),children:ln()})}):(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsxs)(`div`,{className:`review`,children:[(0,Q.jsx)(`div`,{className:`queue`,ref:k,children:(0,Q.jsx)(`ul`,{"aria-label":In(),children:E.map(e=>(0,Q.jsx)(ei,{row:e,current:e.id===D,waits:P.includes(e.id),picked:c?b.has(e.id):void 0,onPick:()=>L(e.id),onShow:()=>M(e.id)},e.id))})}),D&&(0,Q.jsx)(Vr,{id:D,place:O<0?``:wn({n:x(O+1),of:x(E.length)}),last:w,onDecided:e=>{T(e.decisions.length>0?e:void 0),I([e.item]),N(1)},onUndone:e=>{T(void 0),I([e])},onStep:N},D)]}),(0,Q.jsx)(re,{info:n.pageInfo,text:de({count:n.totalCount,n:x(n.totalCount)}),go:e=>void i({to:`.`,search:{...A,...e}})})]})})]}),(0,Q.jsx)(S,{children:b.size>0&&(0,Q.jsx)(ti,{ids:[...b],aside:l===`aside`,clear:()=>C(new Set),onDone:e=>{C(new Set),I(e),g({requestPolicy:`network-only`})}})})]})}function ei({row:e,current:t,waits:n,picked:r,onPick:i,onShow:a}){return(0,Q.jsxs)(`li`,{className:t?`cur`:void 0,"data-id":e.id,children:[r===void 0?(0,Q.jsx)(`span`,{}):(0,Q.jsx)(`input`,{type:`checkbox`,"aria-label":xn({name:e.description}),checked:r,onChange:i}),(0,Q.jsx)(`button`,{type:`button`,className:`nm`,"aria-current":t||void 0,onClick:a,children:(0,Q.jsx)(`bdi`,{children:e.description||e.lightspeedItemId})}),(0,Q.jsxs)(`span`,{className:`m`,children:[(0,Q.jsxs)(`span`,{children:[Y({n:x(q(e))}),e.brand&&` · ${e.brand}`]}),n||e.matchPending?(0,Q.jsx)(R,{tone:`busy`,children:vn()}):(0,Q.jsx)(R,{tone:`plain`,children:e.rivalCount>0?Wt({n:x(e.rivalCount+1)}):e.candidateCount>1?Vt({n:x(e.candidateCount)}):e.matchReason?$[e.matchReason]():``})]})]})}function ti({ids:e,aside:t,clear:n,onDone:r}){let i=C(Lr),a=C(Rr),o=C(zr),[s,l]=(0,Z.useState)(!1),u=async()=>{let{ok:n,userErrors:i}=await o.run({ids:[...e],aside:!t});i[0]&&U(i[0].message),n&&(H(t?He({n:x(e.length)}):ze({n:x(e.length)})),r([]))};return(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsxs)(le,{text:ge({count:e.length,n:x(e.length)}),clear:n,children:[(0,Q.jsx)(c,{busy:o.busy,onClick:()=>void u(),children:t?Nn():Mt()}),(0,Q.jsx)(c,{look:`primary`,onClick:()=>l(!0),children:X({n:x(e.length)})})]}),s&&(0,Q.jsx)(ni,{ids:e,busy:i.busy,onClose:()=>l(!1),onConfirm:async e=>{let{ok:t,data:n,userErrors:o}=await i.run({ids:[...e]});if(o[0]&&U(o[0].message),l(!1),!t||!n)return;let{results:s,batch:c}=n.confirmMatches,u=s.filter(e=>e.userErrors.length===0).map(e=>e.id),d=s.find(e=>e.userErrors.length>0),f=at({count:u.length,n:x(u.length)});H(d?`${f} ${T({count:s.length-u.length,n:x(s.length-u.length)})} ${d.userErrors[0]?.message}`:f,c?{label:V(),run:()=>void a.run({batch:c}).then(e=>e.ok&&r(u))}:void 0),r(u)}})]})}function ni({ids:e,busy:t,onClose:n,onConfirm:r}){let[i,a]=o({query:Br,variables:{ids:e.slice(0,100)}}),[l,u]=(0,Z.useState)(new Set),d=i.data?.nodes.flatMap(e=>e&&`candidates`in e?[e]:[])??[],f=d.filter(e=>e.candidates.length===1),p=f.filter(e=>!l.has(e.id)).map(e=>e.id);return(0,Q.jsxs)(w,{title:nt(),open:!0,onClose:n,acts:(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(c,{onClick:n,children:E()}),(0,Q.jsx)(c,{look:`primary`,busy:t,disabled:p.length===0,onClick:()=>r(p),children:X({n:x(p.length)})})]}),children:[(0,Q.jsx)(`p`,{children:Xe()}),i.error&&(0,Q.jsx)(s,{error:i.error,again:a}),!i.data&&!i.error&&(0,Q.jsx)(v,{}),(0,Q.jsx)(`ul`,{className:`found`,children:f.map(e=>(0,Q.jsx)(`li`,{children:(0,Q.jsxs)(`label`,{className:`tick`,children:[(0,Q.jsx)(`input`,{type:`checkbox`,checked:!l.has(e.id),onChange:t=>{let n=new Set(l);t.target.checked?n.delete(e.id):n.add(e.id),u(n)}}),(0,Q.jsxs)(`span`,{children:[(0,Q.jsx)(`bdi`,{children:e.description}),(0,Q.jsxs)(`span`,{className:`block small muted`,children:[`→ `,(0,Q.jsx)(`bdi`,{children:e.candidates[0]?.name})]})]})]})},e.id))}),d.length>f.length&&(0,Q.jsx)(`p`,{className:`muted small`,children:$e({n:x(d.length-f.length)})})]})}export{$r as Page,$ as reasonWords};