import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{t}from"./link-biMhFSWg.js";import{A as n,G as r,W as i,m as a}from"./index-DlmRNVEy.js";import{A as o,a as s,f as c,ft as l,h as u,i as d,k as f,n as p,o as m,p as h,pt as g,r as _,s as v,t as ee,v as y,w as b,y as x}from"./Panel-Bs6JSMci.js";import{t as S}from"./act-Bgg4fsxW.js";import{t as C}from"./Dialog-C1f0VvXM.js";import{r as te}from"./Field-B9HP8HGd.js";import{n as ne,t as re}from"./Pager-e7MuyKZp.js";import{t as w}from"./bulk_refused-CUOUGa9G.js";import{t as T}from"./cancel-kJBfc61O.js";import{t as E}from"./PickBar-C8YR6ahV.js";import{a as D,c as O,d as ie,f as ae,g as oe,h as k,i as A,l as j,m as M,n as N,o as P,p as F,r as se,s as ce,t as le,u as ue}from"./review_upc-BlfeZLkH.js";import{r as I}from"./Pill-CZGW8zfM.js";import{t as de}from"./filters_clear-D4T2FxJL.js";import{n as L}from"./Role-DI4ww30I.js";import{t as fe}from"./items_n-CRewn0F9.js";import{t as pe}from"./items_search-BZnxCsXO.js";import{t as R}from"./line_item-Dkje_czo.js";import{n as z,t as me}from"./SearchField-BJ5xfooV.js";import{t as he}from"./Tabs-Ctb0guJ3.js";import{t as ge}from"./review_brand-Bq5_51ap.js";import{t as _e}from"./review_picked-CAo3ij2u.js";import{t as B}from"./undo-DQNjEOGr.js";import{n as V,r as H}from"./toast-pVxiDGVm.js";import{n as ve}from"./data-DpYu8Bte.js";import{a as U,i as ye,o as be,r as xe,t as Se}from"./FindProduct-tfZgxGq5.js";import{i as Ce,n as W,r as G,t as K}from"./compare-hnlNIxKd.js";import{t as q}from"./registry-B1INsJo1.js";var we=()=>`link`,Te=()=>`vincular`,Ee=((e={},t={})=>(t.locale??b())===`es`?Te(e):we(e)),De=()=>`next, previous`,Oe=()=>`siguiente, anterior`,ke=((e={},t={})=>(t.locale??b())===`es`?Oe(e):De(e)),Ae=e=>`${e?.n} on hand`,je=e=>`${e?.n} en existencias`,J=((e,t={})=>(t.locale??b())===`es`?je(e):Ae(e)),Me=()=>`All`,Ne=()=>`Todos`,Pe=((e={},t={})=>(t.locale??b())===`es`?Ne(e):Me(e)),Fe=()=>`Left aside`,Ie=()=>`Apartados`,Le=((e={},t={})=>(t.locale??b())===`es`?Ie(e):Fe(e)),Re=e=>`${e?.n} left aside`,ze=e=>`${e?.n} apartados`,Be=((e,t={})=>(t.locale??b())===`es`?ze(e):Re(e)),Ve=e=>`${e?.n} put back`,He=e=>`${e?.n} devueltos a la lista`,Ue=((e,t={})=>(t.locale??b())===`es`?He(e):Ve(e)),We=()=>`Candidates`,Ge=()=>`Candidatos`,Ke=((e={},t={})=>(t.locale??b())===`es`?Ge(e):We(e)),qe=e=>`Confirm ${e?.n}`,Je=e=>`Confirmar ${e?.n}`,Y=((e,t={})=>(t.locale??b())===`es`?Je(e):qe(e)),Ye=()=>`Each item is linked to the product below it. Take the tick from those that are wrong.`,Xe=()=>`Cada artículo se vincula al producto de debajo. Quita la marca de los incorrectos.`,Ze=((e={},t={})=>(t.locale??b())===`es`?Xe(e):Ye(e)),Qe=e=>`${e?.n} with several candidates are left out: decide them one by one.`,$e=e=>`Se omiten ${e?.n} con varios candidatos: decídelos uno por uno.`,et=((e,t={})=>(t.locale??b())===`es`?$e(e):Qe(e)),tt=()=>`Are these pairs right?`,nt=()=>`¿Son correctas estas parejas?`,rt=((e={},t={})=>(t.locale??b())===`es`?nt(e):tt(e)),it=e=>{let t=q(`en`,e?.count,{});return t===`one`?`${e?.n} link confirmed.`:t===`other`?`${e?.n} links confirmed.`:`review_confirmed`},at=e=>{let t=q(`es`,e?.count,{});return t===`one`?`${e?.n} vínculo confirmado.`:t===`other`?`${e?.n} vínculos confirmados.`:`review_confirmed`},ot=((e,t={})=>(t.locale??b())===`es`?at(e):it(e)),st=()=>`Contradiction`,ct=()=>`Contradicción`,lt=((e={},t={})=>(t.locale??b())===`es`?ct(e):st(e)),ut=()=>`In doubt`,dt=()=>`En duda`,ft=((e={},t={})=>(t.locale??b())===`es`?dt(e):ut(e)),pt=()=>`Find another product`,mt=()=>`Buscar otro producto`,ht=((e={},t={})=>(t.locale??b())===`es`?mt(e):pt(e)),gt=e=>`${e?.n} of ${e?.of} the same`,_t=e=>`${e?.n} de ${e?.of} iguales`,vt=((e,t={})=>(t.locale??b())===`es`?_t(e):gt(e)),yt=e=>`fits best: ${e?.n} of ${e?.of} the same`,bt=e=>`el mejor: ${e?.n} de ${e?.of} iguales`,xt=((e,t={})=>(t.locale??b())===`es`?bt(e):yt(e)),St=()=>`Keep this`,Ct=()=>`Mantener este`,wt=((e={},t={})=>(t.locale??b())===`es`?Ct(e):St(e)),Tt=()=>`Items of Lightspeed whose product on the website a person should decide. What you decide stays, whatever is synced later.`,Et=()=>`Artículos de Lightspeed cuyo producto en el sitio web debe decidir una persona. Lo que decides se mantiene, pase lo que pase después.`,Dt=((e={},t={})=>(t.locale??b())===`es`?Et(e):Tt(e)),Ot=e=>`${e?.n} items wait for a decision, ${e?.stock} of them in stock. What you decide stays, whatever is synced later.`,kt=e=>`${e?.n} artículos esperan una decisión, ${e?.stock} con existencias. Lo que decides se mantiene, pase lo que pase después.`,At=((e,t={})=>(t.locale??b())===`es`?kt(e):Ot(e)),jt=()=>`Leave aside`,Mt=()=>`Apartar`,Nt=((e={},t={})=>(t.locale??b())===`es`?Mt(e):jt(e)),Pt=()=>`Linked to`,Ft=()=>`Vinculado a`,It=((e={},t={})=>(t.locale??b())===`es`?Ft(e):Pt(e)),Lt=e=>`${e?.n} more candidates are not shown here.`,Rt=e=>`${e?.n} candidatos más no se muestran aquí.`,zt=((e,t={})=>(t.locale??b())===`es`?Rt(e):Lt(e)),Bt=e=>`${e?.n} products`,Vt=e=>`${e?.n} productos`,Ht=((e,t={})=>(t.locale??b())===`es`?Vt(e):Bt(e)),Ut=e=>`${e?.n} items`,Wt=e=>`${e?.n} artículos`,Gt=((e,t={})=>(t.locale??b())===`es`?Wt(e):Ut(e)),Kt=()=>`Name`,qt=()=>`Nombre`,Jt=((e={},t={})=>(t.locale??b())===`es`?qt(e):Kt(e)),Yt=()=>`Next item`,Xt=()=>`Artículo siguiente`,Zt=((e={},t={})=>(t.locale??b())===`es`?Xt(e):Yt(e)),Qt=()=>`Its codes point to no product. Find the product yourself, or leave it aside.`,$t=()=>`Sus códigos no apuntan a ningún producto. Busca el producto o apártalo.`,en=((e={},t={})=>(t.locale??b())===`es`?$t(e):Qt(e)),tn=()=>`Nothing waits for a decision.`,nn=()=>`Nada espera una decisión.`,rn=((e={},t={})=>(t.locale??b())===`es`?nn(e):tn(e)),an=()=>`No item fits these filters.`,on=()=>`Ningún artículo cumple estos filtros.`,sn=((e={},t={})=>(t.locale??b())===`es`?on(e):an(e)),cn=()=>`Every item is linked, or its codes fit no product.`,ln=()=>`Cada artículo está vinculado, o sus códigos no coinciden con ningún producto.`,un=((e={},t={})=>(t.locale??b())===`es`?ln(e):cn(e)),dn=()=>`None of these`,fn=()=>`Ninguno de estos`,X=((e={},t={})=>(t.locale??b())===`es`?fn(e):dn(e)),pn=e=>`only here: ${e?.words}`,mn=e=>`solo aquí: ${e?.words}`,hn=((e,t={})=>(t.locale??b())===`es`?mn(e):pn(e)),gn=()=>`decided`,_n=()=>`decidido`,vn=((e={},t={})=>(t.locale??b())===`es`?_n(e):gn(e)),yn=e=>`Select ${e?.name}`,bn=e=>`Seleccionar ${e?.name}`,xn=((e,t={})=>(t.locale??b())===`es`?bn(e):yn(e)),Sn=e=>`${e?.n} of ${e?.of}`,Cn=e=>`${e?.n} de ${e?.of}`,wn=((e,t={})=>(t.locale??b())===`es`?Cn(e):Sn(e)),Tn=()=>`Previous item`,En=()=>`Artículo anterior`,Dn=((e={},t={})=>(t.locale??b())===`es`?En(e):Tn(e)),On=()=>`MSRP, price`,kn=()=>`MSRP, precio`,An=((e={},t={})=>(t.locale??b())===`es`?kn(e):On(e)),jn=()=>`Put back`,Mn=()=>`Devolver a la lista`,Nn=((e={},t={})=>(t.locale??b())===`es`?Mn(e):jn(e)),Pn=()=>`Items that wait`,Fn=()=>`Artículos que esperan`,In=((e={},t={})=>(t.locale??b())===`es`?Fn(e):Pn(e)),Ln=e=>`“${e?.name}” is none of these`,Rn=e=>`«${e?.name}» no es ninguno de estos`,zn=((e,t={})=>(t.locale??b())===`es`?Rn(e):Ln(e)),Bn=()=>`Several claim it`,Vn=()=>`Varios lo reclaman`,Hn=((e={},t={})=>(t.locale??b())===`es`?Vn(e):Bn(e)),Un=()=>`Also claimed by:`,Wn=()=>`También lo reclaman:`,Gn=((e={},t={})=>(t.locale??b())===`es`?Wn(e):Un(e)),Kn=()=>`Stock`,qn=()=>`Existencias`,Jn=((e={},t={})=>(t.locale??b())===`es`?qn(e):Kn(e)),Yn=()=>`With and without`,Xn=()=>`Con y sin`,Zn=((e={},t={})=>(t.locale??b())===`es`?Xn(e):Yn(e)),Qn=()=>`In stock only`,$n=()=>`Solo con existencias`,er=((e={},t={})=>(t.locale??b())===`es`?$n(e):Qn(e)),tr=()=>`Barcode only`,nr=()=>`Solo código de barras`,rr=((e={},t={})=>(t.locale??b())===`es`?nr(e):tr(e)),ir=()=>`End the link`,ar=()=>`Terminar el vínculo`,or=((e={},t={})=>(t.locale??b())===`es`?ar(e):ir(e)),sr=e=>`The link of “${e?.name}” has ended`,cr=e=>`El vínculo de «${e?.name}» ha terminado`,lr=((e,t={})=>(t.locale??b())===`es`?cr(e):sr(e)),ur=()=>`Size, color`,dr=()=>`Talla, color`,fr=((e={},t={})=>(t.locale??b())===`es`?dr(e):ur(e)),pr=()=>`Why they wait`,mr=()=>`Por qué esperan`,hr=((e={},t={})=>(t.locale??b())===`es`?mr(e):pr(e)),gr=()=>`A code says that this is the product, and something else speaks against it.`,_r=()=>`Un código dice que es este producto, y otra cosa lo contradice.`,vr=((e={},t={})=>(t.locale??b())===`es`?_r(e):gr(e)),yr=()=>`It is linked and stays linked, but something that came later speaks against it.`,br=()=>`Está vinculado y sigue vinculado, pero algo posterior lo contradice.`,xr=((e={},t={})=>(t.locale??b())===`es`?br(e):yr(e)),Sr=()=>`Several products or items have the same codes.`,Cr=()=>`Varios productos o artículos tienen los mismos códigos.`,wr=((e={},t={})=>(t.locale??b())===`es`?Cr(e):Sr(e)),Tr=()=>`One barcode alone says that this is the product. Nothing else confirms it.`,Er=()=>`Solo un código de barras dice que es este producto. Nada más lo confirma.`,Dr=((e={},t={})=>(t.locale??b())===`es`?Er(e):Tr(e)),Or=()=>`the words fit`,kr=()=>`las palabras coinciden`,Ar=((e={},t={})=>(t.locale??b())===`es`?kr(e):Or(e)),Z=e(g(),1),jr=_(`
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
`),Q=l();function Vr(e){let[t,n]=o({query:Nr,variables:{id:e.id}}),r=t.data?.node&&`matchPending`in t.data.node&&t.data.node.matchPending;return(0,Z.useEffect)(()=>{if(!r)return;let e=setInterval(()=>n({requestPolicy:`network-only`}),2e3);return()=>clearInterval(e)},[r,n]),(0,Q.jsx)(`div`,{className:`case`,children:(0,Q.jsx)(m,{result:t,again:n,rows:8,children:({node:t})=>t&&`candidates`in t?(0,Q.jsx)(Wr,{item:t,...e}):null})})}var Hr={UNCONFIRMED:Dr,CONTRADICTION:vr,RIVAL:wr,DOUBT:xr};function Ur(e,{onDecided:t,onUndone:n}){let r=S(xe),i=S(Fr),a=S(Ir),o=S(ye),s=async e=>{for(let t of e.decisions){let{ok:e,userErrors:n}=await o.run({id:t});if(n[0]&&H(n[0].message),!e)return}n(e.item),V(N())},c=(n,r)=>{let i={item:e.id,decisions:n.filter(e=>e!==void 0)};V(r,i.decisions.length>0?{label:B(),run:()=>void s(i)}:void 0),t(i)};return{busy:r.busy||i.busy||a.busy||o.busy,undo:s,async link(t){let{ok:n,data:i,userErrors:a}=await r.run({item:e.id,product:t.id});a[0]&&H(a[0].message),n&&c([i?.linkItem.decision?.id],be({name:t.name}))},async none(){let t=[];for(let n of e.candidates){let{ok:r,data:a,userErrors:o}=await i.run({item:e.id,product:n.id});if(o[0]&&H(o[0].message),!r)return;t.push(a?.rejectMatch.decision?.id)}c(t,zn({name:e.description}))},async unlink(){let{ok:t,data:n,userErrors:r}=await a.run({item:e.id});r[0]&&H(r[0].message),t&&c([n?.unlinkItem.decision?.id],lr({name:e.description}))}}}function Wr({item:e,...t}){let n=Ur(e,t),[r,i]=(0,Z.useState)(!1),[a,o]=(0,Z.useState)(0);(0,Z.useEffect)(()=>{let r=r=>{if(r.ctrlKey||r.metaKey||r.altKey||z(r)||n.busy||document.querySelector(`[role=dialog],[role=alertdialog]:not(.toast)`))return;let i=/^[1-9]$/.test(r.key)?e.candidates[Number(r.key)-1]:void 0;if(i)n.link(i);else if(r.key.toLowerCase()===`x`&&e.candidates.length>0)n.none();else if(r.key.toLowerCase()===`u`&&t.last)n.undo(t.last);else return;r.preventDefault()};return window.addEventListener(`keydown`,r),()=>window.removeEventListener(`keydown`,r)});let s=e.candidates.slice(0,4),l=Gr(e),d=s.map(e=>l.map(t=>t.of(e).like).filter(e=>e!==`unknown`)),f=d.map(e=>e.filter(e=>e===`same`).length),p=f.indexOf(Math.max(...f));return(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsxs)(`div`,{className:`fix`,children:[(0,Q.jsxs)(`div`,{children:[(0,Q.jsx)(`h2`,{className:`any`,children:(0,Q.jsx)(`bdi`,{children:e.description||e.lightspeedItemId})}),(0,Q.jsxs)(`p`,{className:`muted small`,children:[[e.category,J({n:x(K(e))})].filter(Boolean).join(` · `),e.stock.length>1&&`: ${e.stock.filter(e=>e.onHand!==0).map(e=>`${e.shop?.name??``} ${x(e.onHand)}`).join(`, `)}`]})]}),(0,Q.jsxs)(`span`,{className:`row one nw`,children:[(0,Q.jsx)(h,{icon:`up`,label:Dn(),onClick:()=>t.onStep(-1)}),(0,Q.jsx)(`span`,{className:`muted small`,children:t.place}),(0,Q.jsx)(h,{icon:`down`,label:Zt(),onClick:()=>t.onStep(1)})]})]}),e.matchReason&&(0,Q.jsxs)(`p`,{className:`gap`,children:[(0,Q.jsx)(`span`,{className:`t-warn`,children:(0,Q.jsx)(u,{name:`warn`})}),` `,Hr[e.matchReason]()]}),e.rivals.length>0&&(0,Q.jsxs)(`p`,{className:`small muted`,children:[Gn(),` `,e.rivals.map(e=>`${e.description} (${R({id:e.lightspeedItemId})})`).join(`, `)]}),s.length>1&&(0,Q.jsx)(`div`,{className:`only-p gap`,children:(0,Q.jsxs)(`fieldset`,{className:`chips`,children:[(0,Q.jsx)(`legend`,{className:`sr`,children:Ke()}),s.map((e,t)=>(0,Q.jsx)(`button`,{type:`button`,className:`chip`,"aria-pressed":t===a,onClick:()=>o(t),children:t+1},e.id))]})}),s.length>0?(0,Q.jsxs)(`table`,{className:`cmp n${s.length} show${a}`,children:[(0,Q.jsx)(`caption`,{className:`sr`,children:ae()}),(0,Q.jsx)(`thead`,{children:(0,Q.jsxs)(`tr`,{children:[(0,Q.jsx)(`th`,{scope:`col`,children:(0,Q.jsx)(`span`,{className:`sr`,children:O()})}),(0,Q.jsxs)(`th`,{scope:`col`,children:[P(),(0,Q.jsx)(`div`,{className:`muted small`,children:R({id:e.lightspeedItemId})})]}),s.map((e,t)=>(0,Q.jsxs)(`th`,{scope:`col`,className:`c c${t}`,children:[(0,Q.jsx)(`kbd`,{children:t+1}),` `,D(),(0,Q.jsx)(`div`,{className:`muted small`,children:(t===p&&s.length>1?xt:vt)({n:x(f[t]??0),of:x(d[t]?.length??0)})})]},e.id))]})}),(0,Q.jsx)(`tbody`,{children:l.map(e=>(0,Q.jsxs)(`tr`,{children:[(0,Q.jsx)(`th`,{scope:`row`,children:e.label}),(0,Q.jsx)(`td`,{className:`any`,children:e.own||(0,Q.jsx)(`span`,{className:`muted`,children:`–`})}),s.map((t,n)=>(0,Q.jsx)(Kr,{field:e,candidate:t,nth:n},t.id))]},e.label))}),(0,Q.jsx)(`tfoot`,{children:(0,Q.jsxs)(`tr`,{children:[(0,Q.jsx)(`td`,{}),(0,Q.jsx)(`td`,{}),s.map((t,r)=>(0,Q.jsx)(`td`,{className:`c c${r}`,children:(0,Q.jsx)(L,{children:e.product?.id===t.id&&e.matchReason===null?(0,Q.jsx)(c,{busy:n.busy,onClick:()=>void n.unlink(),children:or()}):(0,Q.jsxs)(c,{look:r===p?`primary`:`plain`,busy:n.busy,onClick:()=>void n.link(t),children:[e.product?.id===t.id?wt():U(),` `,(0,Q.jsx)(`kbd`,{className:`only-d`,children:r+1}),(0,Q.jsxs)(`span`,{className:`sr`,children:[` `,t.name]})]})})},t.id))]})})]}):(0,Q.jsx)(`p`,{className:`muted gap`,children:en()}),e.candidateCount>s.length&&(0,Q.jsx)(`p`,{className:`muted small gap`,children:zt({n:x(e.candidateCount-s.length)})}),(0,Q.jsx)(L,{children:(0,Q.jsxs)(`div`,{className:`row gap`,children:[e.candidates.length>0&&(0,Q.jsxs)(c,{busy:n.busy,onClick:()=>void n.none(),children:[X(),` `,(0,Q.jsx)(`kbd`,{className:`only-d`,children:`X`})]}),e.product&&(0,Q.jsx)(c,{busy:n.busy,onClick:()=>void n.unlink(),children:or()}),(0,Q.jsx)(c,{look:`quiet`,icon:`search`,onClick:()=>i(!0),children:ht()}),t.last&&(0,Q.jsxs)(c,{look:`quiet`,icon:`undo`,onClick:()=>t.last&&void n.undo(t.last),children:[B(),` `,(0,Q.jsx)(`kbd`,{className:`only-d`,children:`U`})]})]})}),e.decisions.length>0&&(0,Q.jsx)(qr,{item:e,undo:t=>void n.undo({item:e.id,decisions:[t]})}),(0,Q.jsx)(L,{children:(0,Q.jsxs)(`p`,{className:`keys gap`,children:[(0,Q.jsxs)(`span`,{children:[(0,Q.jsx)(`kbd`,{children:`J`}),(0,Q.jsx)(`kbd`,{children:`K`}),` `,ke()]}),(0,Q.jsxs)(`span`,{children:[(0,Q.jsx)(`kbd`,{children:`1`}),`–`,(0,Q.jsx)(`kbd`,{children:`9`}),` `,Ee()]}),(0,Q.jsxs)(`span`,{children:[(0,Q.jsx)(`kbd`,{children:`X`}),` `,X()]}),(0,Q.jsxs)(`span`,{children:[(0,Q.jsx)(`kbd`,{children:`U`}),` `,B()]})]})}),r&&(0,Q.jsx)(Jr,{item:e,busy:n.busy,onClose:()=>i(!1),onLink:e=>{i(!1),n.link(e)}})]})}function Gr(e){let t=e=>[e?.size,e?.color].filter(Boolean).join(`, `);return[{label:Jt(),own:e.description,of:t=>{let n=Ce(t.name,e.description);return n.length===0?{text:t.name,like:`same`,words:Ar()}:{text:t.name,like:`differs`,words:hn({words:n.slice(0,5).join(` `)})}}},{label:ge(),own:e.brand,of:t=>({text:t.brand,like:G(e.brand,t.brand)})},{label:le(),own:e.upc,of:t=>({text:[t.gtin1,t.gtin2].filter(Boolean).join(`, `),like:W(e.upc,t.gtin1,t.gtin2)})},{label:j(),own:e.ean,of:t=>({text:[t.gtin1,t.gtin2].filter(Boolean).join(`, `),like:W(e.ean,t.gtin1,t.gtin2)})},{label:se(),own:e.manufacturerSku,of:t=>({text:t.mpn,like:G(e.manufacturerSku,t.mpn)})},{label:fr(),own:t(e.variant),of:n=>({text:t(n.variant),like:G(t(e.variant),t(n.variant))})},{label:An(),own:/[1-9]/.test(e.msrp.amount)?y(e.msrp):``,of:t=>({text:y(t.price),like:/[1-9]/.test(e.msrp.amount)?G(y(e.msrp),y(t.price)):`unknown`})},{label:It(),own:e.product?.name??``,of:e=>({text:e.posItem?`${e.posItem.description} (${R({id:e.posItem.lightspeedItemId})})`:``,like:`unknown`})}].filter(t=>t.own!==``||t.label!==j()&&e.candidates.some(e=>t.of(e).text!==``))}function Kr({field:e,candidate:t,nth:n}){let{text:r,like:i,words:a}=e.of(t);return(0,Q.jsxs)(`td`,{className:`c c${n} any ${i===`same`?`same`:i===`differs`?`dif`:``}`,children:[(0,Q.jsx)(`bdi`,{children:r||(0,Q.jsx)(`span`,{className:`muted`,children:`–`})}),i!==`unknown`&&(0,Q.jsxs)(`span`,{className:`mk`,children:[(0,Q.jsx)(u,{name:i===`same`?`check`:`differs`}),a??(i===`same`?A():ue())]})]})}function qr({item:e,undo:t}){return(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(`h3`,{className:`gap`,children:ie()}),(0,Q.jsx)(`ul`,{className:`rows`,children:e.decisions.map(e=>(0,Q.jsxs)(`li`,{children:[(0,Q.jsxs)(`span`,{children:[e.verdict===`LINK`?k({name:e.product.name}):M({name:e.product.name}),(0,Q.jsxs)(`span`,{className:`muted small block`,children:[e.decidedBy,`, `,(0,Q.jsx)(a,{at:e.decidedAt}),e.idle&&` · ${oe()}`]})]}),(0,Q.jsx)(L,{children:(0,Q.jsxs)(c,{small:!0,onClick:()=>t(e.id),children:[F(),(0,Q.jsxs)(`span`,{className:`sr`,children:[` `,e.product.name]})]})})]},e.id))})]})}function Jr({item:e,busy:t,onClose:n,onLink:r}){let[i,a]=(0,Z.useState)();return(0,Q.jsx)(C,{title:ce({name:e.description}),open:!0,onClose:n,acts:(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(c,{onClick:n,children:T()}),(0,Q.jsx)(c,{look:`primary`,busy:t,disabled:!i,onClick:()=>i&&r(i),children:U()})]}),children:(0,Q.jsx)(`div`,{className:`fields`,children:(0,Q.jsx)(Se,{chosen:i,onChoose:a,start:e.manufacturerSku||e.brand})})})}var Yr=[`all`,`UNCONFIRMED`,`CONTRADICTION`,`RIVAL`,`DOUBT`,`aside`],$={UNCONFIRMED:rr,CONTRADICTION:lt,RIVAL:Hn,DOUBT:ft},Xr=e=>e===`all`?Pe():e===`aside`?Le():$[e]();function Zr(e,t){return e===`all`?t.total:e===`aside`?t.setAside:t.reasons.find(t=>t.reason===e)?.count??0}var Qr=15;function $r(){let e=r({strict:!1}),a=i(),s=f(),c=ve(),l=Yr.find(t=>t===e.why)??`all`,u={...e.q&&{search:e.q},...e.stock&&{inStock:!0},...l===`aside`&&{setAside:!0},...l!==`all`&&l!==`aside`&&{reasons:[l]}},[h,g]=o({query:jr,variables:{...ne(e,50),where:u}}),[_,v]=o({query:Mr,variables:{where:{...e.q&&{search:e.q},...e.stock&&{inStock:!0}}}}),y=_.data?.reviewSummary,[b,S]=(0,Z.useState)(new Set),[C,w]=(0,Z.useState)(),T=h.data?.reviewQueue.edges.map(e=>e.node)??[],E=e.item??T[0]?.id,D=T.findIndex(e=>e.id===E),O=(0,Z.useRef)(null),{after:ie,before:ae,item:oe,...k}=e,A=e=>{S(new Set),a({to:`.`,search:{...k,...e},replace:!0})},j=(0,Z.useCallback)(e=>{e&&a({to:`.`,search:(t=>({...t,item:e})),replace:!0,resetScroll:!1})},[a]),M=e=>{let t=T[D+e];j(t?.id),t&&O.current?.querySelector(`[data-id="${t.id}"]`)?.scrollIntoView({block:`nearest`})},[N,P]=(0,Z.useState)([]);(0,Z.useEffect)(()=>{if(N.length===0)return;let e=Qr,t=setInterval(async()=>{let{data:t}=await s.query(Pr,{ids:[...N]},{requestPolicy:`network-only`}).toPromise();t?.nodes.some(e=>e&&`matchPending`in e&&e.matchPending)&&--e!==0||(P([]),g({requestPolicy:`network-only`}),v({requestPolicy:`network-only`}))},2e3);return()=>clearInterval(t)},[N,s,g,v]);let F=e=>P(t=>[...new Set([...t,...e])].slice(-100)),se=e=>{let t=new Set(b);t.delete(e)||t.add(e),S(t)};return(0,Z.useEffect)(()=>{let e=e=>{if(e.ctrlKey||e.metaKey||e.altKey||z(e)||document.querySelector(`[role=dialog],[role=alertdialog]`))return;let t=e.key.toLowerCase();(t===`j`||t===`k`)&&(e.preventDefault(),M(t===`j`?1:-1))};return window.addEventListener(`keydown`,e),()=>window.removeEventListener(`keydown`,e)}),(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(p,{title:n(),lead:y?At({n:x(y.total),stock:x(y.inStock)}):Dt()}),(0,Q.jsxs)(ee,{title:(0,Q.jsx)(`span`,{className:`sr`,children:Xr(l)}),className:`lists`,flush:!0,children:[(0,Q.jsx)(he,{label:hr(),now:l,to:t=>({why:t===`all`?void 0:t,q:e.q,stock:e.stock}),tabs:Yr.map(e=>({value:e,label:Xr(e),count:y&&x(Zr(e,y))}))}),(0,Q.jsxs)(`div`,{className:`filters`,children:[(0,Q.jsx)(me,{label:pe(),value:e.q??``,onChange:e=>A({q:e})}),(0,Q.jsx)(te,{label:Jn(),none:Zn(),value:e.stock??``,onChange:e=>A({stock:e}),choices:[{value:`yes`,label:er()}]})]}),(0,Q.jsx)(m,{result:h,again:g,rows:8,children:({reviewQueue:n})=>n.edges.length===0?(0,Q.jsx)(`div`,{className:`pad24`,children:e.q||e.stock||l!==`all`?(0,Q.jsx)(d,{icon:`search`,title:sn(),act:(0,Q.jsx)(t,{to:`/review`,className:`btn`,children:de()})}):(0,Q.jsx)(d,{title:rn(),children:un()})}):(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsxs)(`div`,{className:`review`,children:[(0,Q.jsx)(`div`,{className:`queue`,ref:O,children:(0,Q.jsx)(`ul`,{"aria-label":In(),children:T.map(e=>(0,Q.jsx)(ei,{row:e,current:e.id===E,waits:N.includes(e.id),picked:c?b.has(e.id):void 0,onPick:()=>se(e.id),onShow:()=>j(e.id)},e.id))})}),E&&(0,Q.jsx)(Vr,{id:E,place:D<0?``:wn({n:x(D+1),of:x(T.length)}),last:C,onDecided:e=>{w(e.decisions.length>0?e:void 0),F([e.item]),M(1)},onUndone:e=>{w(void 0),F([e])},onStep:M},E)]}),(0,Q.jsx)(re,{info:n.pageInfo,text:fe({count:n.totalCount,n:x(n.totalCount)}),go:e=>void a({to:`.`,search:{...k,...e}})})]})})]}),(0,Q.jsx)(L,{children:b.size>0&&(0,Q.jsx)(ti,{ids:[...b],aside:l===`aside`,clear:()=>S(new Set),onDone:e=>{S(new Set),F(e),g({requestPolicy:`network-only`})}})})]})}function ei({row:e,current:t,waits:n,picked:r,onPick:i,onShow:a}){return(0,Q.jsxs)(`li`,{className:t?`cur`:void 0,"data-id":e.id,children:[r===void 0?(0,Q.jsx)(`span`,{}):(0,Q.jsx)(`input`,{type:`checkbox`,"aria-label":xn({name:e.description}),checked:r,onChange:i}),(0,Q.jsx)(`button`,{type:`button`,className:`nm`,"aria-current":t||void 0,onClick:a,children:(0,Q.jsx)(`bdi`,{children:e.description||e.lightspeedItemId})}),(0,Q.jsxs)(`span`,{className:`m`,children:[(0,Q.jsxs)(`span`,{children:[J({n:x(K(e))}),e.brand&&` · ${e.brand}`]}),n||e.matchPending?(0,Q.jsx)(I,{tone:`busy`,children:vn()}):(0,Q.jsx)(I,{tone:`plain`,children:e.rivalCount>0?Gt({n:x(e.rivalCount+1)}):e.candidateCount>1?Ht({n:x(e.candidateCount)}):e.matchReason?$[e.matchReason]():``})]})]})}function ti({ids:e,aside:t,clear:n,onDone:r}){let i=S(Lr),a=S(Rr),o=S(zr),[s,l]=(0,Z.useState)(!1),u=async()=>{let{ok:n,userErrors:i}=await o.run({ids:[...e],aside:!t});i[0]&&H(i[0].message),n&&(V(t?Ue({n:x(e.length)}):Be({n:x(e.length)})),r([]))};return(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsxs)(E,{text:_e({count:e.length,n:x(e.length)}),clear:n,children:[(0,Q.jsx)(c,{busy:o.busy,onClick:()=>void u(),children:t?Nn():Nt()}),(0,Q.jsx)(c,{look:`primary`,onClick:()=>l(!0),children:Y({n:x(e.length)})})]}),s&&(0,Q.jsx)(ni,{ids:e,busy:i.busy,onClose:()=>l(!1),onConfirm:async e=>{let{ok:t,data:n,userErrors:o}=await i.run({ids:[...e]});if(o[0]&&H(o[0].message),l(!1),!t||!n)return;let{results:s,batch:c}=n.confirmMatches,u=s.filter(e=>e.userErrors.length===0).map(e=>e.id),d=s.find(e=>e.userErrors.length>0),f=ot({count:u.length,n:x(u.length)});V(d?`${f} ${w({count:s.length-u.length,n:x(s.length-u.length)})} ${d.userErrors[0]?.message}`:f,c?{label:B(),run:()=>void a.run({batch:c}).then(e=>e.ok&&r(u))}:void 0),r(u)}})]})}function ni({ids:e,busy:t,onClose:n,onConfirm:r}){let[i,a]=o({query:Br,variables:{ids:e.slice(0,100)}}),[l,u]=(0,Z.useState)(new Set),d=i.data?.nodes.flatMap(e=>e&&`candidates`in e?[e]:[])??[],f=d.filter(e=>e.candidates.length===1),p=f.filter(e=>!l.has(e.id)).map(e=>e.id);return(0,Q.jsxs)(C,{title:rt(),open:!0,onClose:n,acts:(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(c,{onClick:n,children:T()}),(0,Q.jsx)(c,{look:`primary`,busy:t,disabled:p.length===0,onClick:()=>r(p),children:Y({n:x(p.length)})})]}),children:[(0,Q.jsx)(`p`,{children:Ze()}),i.error&&(0,Q.jsx)(s,{error:i.error,again:a}),!i.data&&!i.error&&(0,Q.jsx)(v,{}),(0,Q.jsx)(`ul`,{className:`found`,children:f.map(e=>(0,Q.jsx)(`li`,{children:(0,Q.jsxs)(`label`,{className:`tick`,children:[(0,Q.jsx)(`input`,{type:`checkbox`,checked:!l.has(e.id),onChange:t=>{let n=new Set(l);t.target.checked?n.delete(e.id):n.add(e.id),u(n)}}),(0,Q.jsxs)(`span`,{children:[(0,Q.jsx)(`bdi`,{children:e.description}),(0,Q.jsxs)(`span`,{className:`block small muted`,children:[`→ `,(0,Q.jsx)(`bdi`,{children:e.candidates[0]?.name})]})]})]})},e.id))}),d.length>f.length&&(0,Q.jsx)(`p`,{className:`muted small`,children:et({n:x(d.length-f.length)})})]})}export{$r as Page,$ as reasonWords};