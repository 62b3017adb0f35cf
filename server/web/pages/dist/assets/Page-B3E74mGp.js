import{t as e}from"./link-n6A3hOjd.js";import{N as t,X as n,Y as r,d as i,g as a,u as o,z as s}from"./index-D06LnNsL.js";import{d as c,f as l,i as u,m as d,n as f,o as p,t as m}from"./Button-DTpzbii0.js";import{a as h,b as g,i as _,m as v,n as ee,o as te,p as y,r as b,s as x,t as ne,x as S}from"./Panel-BSITHXaU.js";import{n as C,r as w}from"./Role-B0GmlsWH.js";import{t as T}from"./Dialog-Bej1GjPS.js";import{r as re}from"./Field-CpxI47NP.js";import{t as E}from"./bulk_refused-CXNUzf5L.js";import{t as D}from"./cancel-BD7N08gz.js";import{n as ie,t as ae}from"./Pager-BknfrRj8.js";import{a as O,c as k,d as A,f as oe,g as se,h as ce,i as j,l as M,m as N,n as P,o as F,p as I,r as L,s as R,t as le,u as ue}from"./review_upc-CMZuCijS.js";import{t as de}from"./PickBar-B6Tk1pqo.js";import{t as fe}from"./filters_clear-DLTO8O0b.js";import{r as z}from"./Pill-CQDIYMN-.js";import{t as pe}from"./items_n-BjNDALKG.js";import{t as me}from"./items_search-DdSPgGGb.js";import{t as B}from"./line_item-D81zId5h.js";import{t as he}from"./SearchField-Bdvkcpyn.js";import{t as ge}from"./Tabs-DfhsL-cm.js";import{t as _e}from"./review_brand-BhQTWJNx.js";import{t as V}from"./review_none_of-BY2Hrcre.js";import{t as ve}from"./review_picked-CA6KTIqX.js";import{t as H}from"./undo-CXGcH8AW.js";import{n as ye,o as U,s as W}from"./data-BBnnGekE.js";import{a as G,i as be,o as xe,r as Se,t as Ce}from"./FindProduct-DN0j6iEK.js";import{i as we,n as K,r as q,t as J}from"./compare-hnlNIxKd.js";import{t as Y}from"./registry-B1INsJo1.js";var Te=()=>`link`,Ee=()=>`vincular`,De=((e={},t={})=>(t.locale??p())===`es`?Ee(e):Te(e)),Oe=()=>`next, previous`,ke=()=>`siguiente, anterior`,Ae=((e={},t={})=>(t.locale??p())===`es`?ke(e):Oe(e)),je=e=>`${e?.n} on hand`,Me=e=>`${e?.n} en existencias`,X=((e,t={})=>(t.locale??p())===`es`?Me(e):je(e)),Ne=()=>`All`,Pe=()=>`Todos`,Fe=((e={},t={})=>(t.locale??p())===`es`?Pe(e):Ne(e)),Ie=()=>`Left aside`,Le=()=>`Apartados`,Re=((e={},t={})=>(t.locale??p())===`es`?Le(e):Ie(e)),ze=e=>`${e?.n} left aside`,Be=e=>`${e?.n} apartados`,Ve=((e,t={})=>(t.locale??p())===`es`?Be(e):ze(e)),He=e=>`${e?.n} put back`,Ue=e=>`${e?.n} devueltos a la lista`,We=((e,t={})=>(t.locale??p())===`es`?Ue(e):He(e)),Ge=()=>`Candidates`,Ke=()=>`Candidatos`,qe=((e={},t={})=>(t.locale??p())===`es`?Ke(e):Ge(e)),Je=e=>`Confirm ${e?.n}`,Ye=e=>`Confirmar ${e?.n}`,Xe=((e,t={})=>(t.locale??p())===`es`?Ye(e):Je(e)),Ze=()=>`Each item is linked to the product below it. Take the tick from those that are wrong.`,Qe=()=>`Cada artículo se vincula al producto de debajo. Quita la marca de los incorrectos.`,$e=((e={},t={})=>(t.locale??p())===`es`?Qe(e):Ze(e)),et=e=>`${e?.n} with several candidates are left out: decide them one by one.`,tt=e=>`Se omiten ${e?.n} con varios candidatos: decídelos uno por uno.`,nt=((e,t={})=>(t.locale??p())===`es`?tt(e):et(e)),rt=()=>`Are these pairs right?`,it=()=>`¿Son correctas estas parejas?`,at=((e={},t={})=>(t.locale??p())===`es`?it(e):rt(e)),ot=e=>{let t=Y(`en`,e?.count,{});return t===`one`?`${e?.n} link confirmed.`:t===`other`?`${e?.n} links confirmed.`:`review_confirmed`},st=e=>{let t=Y(`es`,e?.count,{});return t===`one`?`${e?.n} vínculo confirmado.`:t===`other`?`${e?.n} vínculos confirmados.`:`review_confirmed`},ct=((e,t={})=>(t.locale??p())===`es`?st(e):ot(e)),lt=()=>`Contradiction`,ut=()=>`Contradicción`,dt=((e={},t={})=>(t.locale??p())===`es`?ut(e):lt(e)),ft=()=>`In doubt`,pt=()=>`En duda`,mt=((e={},t={})=>(t.locale??p())===`es`?pt(e):ft(e)),ht=()=>`Find another product`,gt=()=>`Buscar otro producto`,_t=((e={},t={})=>(t.locale??p())===`es`?gt(e):ht(e)),vt=e=>`${e?.n} of ${e?.of} the same`,yt=e=>`${e?.n} de ${e?.of} iguales`,bt=((e,t={})=>(t.locale??p())===`es`?yt(e):vt(e)),xt=e=>`fits best: ${e?.n} of ${e?.of} the same`,St=e=>`el mejor: ${e?.n} de ${e?.of} iguales`,Ct=((e,t={})=>(t.locale??p())===`es`?St(e):xt(e)),wt=()=>`Keep this`,Tt=()=>`Mantener este`,Et=((e={},t={})=>(t.locale??p())===`es`?Tt(e):wt(e)),Dt=()=>`Items of Lightspeed whose product on the website a person should decide. What you decide stays, whatever is synced later.`,Ot=()=>`Artículos de Lightspeed cuyo producto en el sitio web debe decidir una persona. Lo que decides se mantiene, pase lo que pase después.`,kt=((e={},t={})=>(t.locale??p())===`es`?Ot(e):Dt(e)),At=e=>`${e?.n} items wait for a decision, ${e?.stock} of them in stock. What you decide stays, whatever is synced later.`,jt=e=>`${e?.n} artículos esperan una decisión, ${e?.stock} con existencias. Lo que decides se mantiene, pase lo que pase después.`,Mt=((e,t={})=>(t.locale??p())===`es`?jt(e):At(e)),Nt=()=>`Leave aside`,Pt=()=>`Apartar`,Ft=((e={},t={})=>(t.locale??p())===`es`?Pt(e):Nt(e)),It=()=>`Linked to`,Lt=()=>`Vinculado a`,Rt=((e={},t={})=>(t.locale??p())===`es`?Lt(e):It(e)),zt=e=>`${e?.n} more candidates are not shown here.`,Bt=e=>`${e?.n} candidatos más no se muestran aquí.`,Vt=((e,t={})=>(t.locale??p())===`es`?Bt(e):zt(e)),Ht=e=>`${e?.n} products`,Ut=e=>`${e?.n} productos`,Wt=((e,t={})=>(t.locale??p())===`es`?Ut(e):Ht(e)),Gt=e=>`${e?.n} items`,Kt=e=>`${e?.n} artículos`,qt=((e,t={})=>(t.locale??p())===`es`?Kt(e):Gt(e)),Jt=()=>`Name`,Yt=()=>`Nombre`,Xt=((e={},t={})=>(t.locale??p())===`es`?Yt(e):Jt(e)),Zt=()=>`Next item`,Qt=()=>`Artículo siguiente`,$t=((e={},t={})=>(t.locale??p())===`es`?Qt(e):Zt(e)),en=()=>`Its codes point to no product. Find the product yourself, or leave it aside.`,tn=()=>`Sus códigos no apuntan a ningún producto. Busca el producto o apártalo.`,nn=((e={},t={})=>(t.locale??p())===`es`?tn(e):en(e)),rn=()=>`Nothing waits for a decision.`,an=()=>`Nada espera una decisión.`,on=((e={},t={})=>(t.locale??p())===`es`?an(e):rn(e)),sn=()=>`No item fits these filters.`,cn=()=>`Ningún artículo cumple estos filtros.`,ln=((e={},t={})=>(t.locale??p())===`es`?cn(e):sn(e)),un=()=>`Every item is linked, or its codes fit no product.`,dn=()=>`Cada artículo está vinculado, o sus códigos no coinciden con ningún producto.`,fn=((e={},t={})=>(t.locale??p())===`es`?dn(e):un(e)),pn=e=>`only here: ${e?.words}`,mn=e=>`solo aquí: ${e?.words}`,hn=((e,t={})=>(t.locale??p())===`es`?mn(e):pn(e)),gn=()=>`decided`,_n=()=>`decidido`,vn=((e={},t={})=>(t.locale??p())===`es`?_n(e):gn(e)),yn=e=>`Select ${e?.name}`,bn=e=>`Seleccionar ${e?.name}`,xn=((e,t={})=>(t.locale??p())===`es`?bn(e):yn(e)),Sn=e=>`${e?.n} of ${e?.of}`,Cn=e=>`${e?.n} de ${e?.of}`,wn=((e,t={})=>(t.locale??p())===`es`?Cn(e):Sn(e)),Tn=()=>`Previous item`,En=()=>`Artículo anterior`,Dn=((e={},t={})=>(t.locale??p())===`es`?En(e):Tn(e)),On=()=>`MSRP, price`,kn=()=>`MSRP, precio`,An=((e={},t={})=>(t.locale??p())===`es`?kn(e):On(e)),jn=()=>`Put back`,Mn=()=>`Devolver a la lista`,Nn=((e={},t={})=>(t.locale??p())===`es`?Mn(e):jn(e)),Pn=()=>`Items that wait`,Fn=()=>`Artículos que esperan`,In=((e={},t={})=>(t.locale??p())===`es`?Fn(e):Pn(e)),Ln=e=>`“${e?.name}” is none of these`,Rn=e=>`«${e?.name}» no es ninguno de estos`,zn=((e,t={})=>(t.locale??p())===`es`?Rn(e):Ln(e)),Bn=()=>`Several claim it`,Vn=()=>`Varios lo reclaman`,Hn=((e={},t={})=>(t.locale??p())===`es`?Vn(e):Bn(e)),Un=()=>`Also claimed by:`,Wn=()=>`También lo reclaman:`,Gn=((e={},t={})=>(t.locale??p())===`es`?Wn(e):Un(e)),Kn=()=>`Stock`,qn=()=>`Existencias`,Jn=((e={},t={})=>(t.locale??p())===`es`?qn(e):Kn(e)),Yn=()=>`Any`,Xn=()=>`Todas`,Zn=((e={},t={})=>(t.locale??p())===`es`?Xn(e):Yn(e)),Qn=()=>`In stock only`,$n=()=>`Solo con existencias`,er=((e={},t={})=>(t.locale??p())===`es`?$n(e):Qn(e)),tr=()=>`Barcode only`,nr=()=>`Solo código de barras`,rr=((e={},t={})=>(t.locale??p())===`es`?nr(e):tr(e)),ir=()=>`End the link`,ar=()=>`Terminar el vínculo`,or=((e={},t={})=>(t.locale??p())===`es`?ar(e):ir(e)),sr=e=>`The link of “${e?.name}” has ended`,cr=e=>`El vínculo de «${e?.name}» ha terminado`,lr=((e,t={})=>(t.locale??p())===`es`?cr(e):sr(e)),ur=()=>`Size, color`,dr=()=>`Talla, color`,fr=((e={},t={})=>(t.locale??p())===`es`?dr(e):ur(e)),pr=()=>`Why they wait`,mr=()=>`Por qué esperan`,hr=((e={},t={})=>(t.locale??p())===`es`?mr(e):pr(e)),gr=()=>`A code says that this is the product, and something else speaks against it.`,_r=()=>`Un código dice que es este producto, y otra cosa lo contradice.`,vr=((e={},t={})=>(t.locale??p())===`es`?_r(e):gr(e)),yr=()=>`It is linked and stays linked, but something that came later speaks against it.`,br=()=>`Está vinculado y sigue vinculado, pero algo posterior lo contradice.`,xr=((e={},t={})=>(t.locale??p())===`es`?br(e):yr(e)),Sr=()=>`Several products or items have the same codes.`,Cr=()=>`Varios productos o artículos tienen los mismos códigos.`,wr=((e={},t={})=>(t.locale??p())===`es`?Cr(e):Sr(e)),Tr=()=>`One barcode alone says that this is the product. Nothing else confirms it.`,Er=()=>`Solo un código de barras dice que es este producto. Nada más lo confirma.`,Dr=((e={},t={})=>(t.locale??p())===`es`?Er(e):Tr(e)),Or=()=>`the words fit`,kr=()=>`las palabras coinciden`,Ar=((e={},t={})=>(t.locale??p())===`es`?kr(e):Or(e)),Z=d(l(),1),jr=b(`
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
`),Mr=b(`
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
`),Nr=b(`
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
`),Pr=b(`
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
`),Fr=b(`
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
`),Ir=b(`
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
`),Lr=b(`
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
`),Rr=b(`
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
`),zr=b(`
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
`),Br=b(`
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
`),Q=c();function Vr(e){let[t,n]=S({query:Nr,variables:{id:e.id}}),r=t.data?.node&&`matchPending`in t.data.node&&t.data.node.matchPending;return(0,Z.useEffect)(()=>{if(!r)return;let e=setInterval(()=>n({requestPolicy:`network-only`}),2e3);return()=>clearInterval(e)},[r,n]),(0,Q.jsx)(`div`,{className:`case`,children:(0,Q.jsx)(te,{result:t,again:n,rows:8,children:({node:t})=>t&&`candidates`in t?(0,Q.jsx)(Wr,{item:t,...e}):null})})}var Hr={UNCONFIRMED:Dr,CONTRADICTION:vr,RIVAL:wr,DOUBT:xr};function Ur(e,{onDecided:t,onUndone:n}){let r=w(Se),i=w(Fr),a=w(Ir),o=w(be),s=async e=>{for(let t of e.decisions){let{ok:e,userErrors:n}=await o.run({id:t});if(n[0]&&W(n[0].message),!e)return}n(e.item),U(P())},c=(n,r)=>{let i={item:e.id,decisions:n.filter(e=>e!==void 0)};U(r,i.decisions.length>0?{label:H(),run:()=>void s(i)}:void 0),t(i)};return{busy:r.busy||i.busy||a.busy||o.busy,undo:s,async link(t){let{ok:n,data:i,userErrors:a}=await r.run({item:e.id,product:t.id});a[0]&&W(a[0].message),n&&c([i?.linkItem.decision?.id],xe({name:t.name}))},async none(){let t=[];for(let n of e.candidates){let{ok:r,data:a,userErrors:o}=await i.run({item:e.id,product:n.id});if(o[0]&&W(o[0].message),!r)return;t.push(a?.rejectMatch.decision?.id)}c(t,zn({name:e.description}))},async unlink(){let{ok:t,data:n,userErrors:r}=await a.run({item:e.id});r[0]&&W(r[0].message),t&&c([n?.unlinkItem.decision?.id],lr({name:e.description}))}}}function Wr({item:e,...t}){let n=Ur(e,t),[r,a]=(0,Z.useState)(!1),[s,c]=(0,Z.useState)(0);(0,Z.useEffect)(()=>{let r=r=>{if(r.ctrlKey||r.metaKey||r.altKey||i(r)||n.busy||o())return;let a=/^[1-9]$/.test(r.key)?e.candidates[Number(r.key)-1]:void 0;if(a)n.link(a);else if(r.key.toLowerCase()===`x`&&e.candidates.length>0)n.none();else if(r.key.toLowerCase()===`u`&&t.last)n.undo(t.last);else return;r.preventDefault()};return window.addEventListener(`keydown`,r),()=>window.removeEventListener(`keydown`,r)});let l=e.candidates.slice(0,4),d=Gr(e),p=l.map(e=>d.map(t=>t.of(e).like).filter(e=>e!==`unknown`)),h=p.map(e=>e.filter(e=>e===`same`).length),g=h.indexOf(Math.max(...h));return(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsxs)(`div`,{className:`fix`,children:[(0,Q.jsxs)(`div`,{children:[(0,Q.jsx)(`h2`,{className:`any`,children:(0,Q.jsx)(`bdi`,{children:e.description||e.lightspeedItemId})}),(0,Q.jsxs)(`p`,{className:`muted small`,children:[[e.category,X({n:v(J(e))})].filter(Boolean).join(` · `),e.stock.length>1&&`: ${e.stock.filter(e=>e.onHand!==0).map(e=>`${e.shop?.name??``} ${v(e.onHand)}`).join(`, `)}`]})]}),(0,Q.jsxs)(`span`,{className:`row one nw`,children:[(0,Q.jsx)(f,{icon:`up`,label:Dn(),onClick:()=>t.onStep(-1)}),(0,Q.jsx)(`span`,{className:`muted small`,children:t.place}),(0,Q.jsx)(f,{icon:`down`,label:$t(),onClick:()=>t.onStep(1)})]})]}),e.matchReason&&(0,Q.jsxs)(`p`,{className:`gap`,children:[(0,Q.jsx)(`span`,{className:`t-warn`,children:(0,Q.jsx)(u,{name:`warn`})}),` `,Hr[e.matchReason]()]}),e.rivals.length>0&&(0,Q.jsxs)(`p`,{className:`small muted`,children:[Gn(),` `,e.rivals.map(e=>`${e.description} (${B({id:e.lightspeedItemId})})`).join(`, `)]}),l.length>1&&(0,Q.jsx)(`div`,{className:`only-p gap`,children:(0,Q.jsxs)(`fieldset`,{className:`chips`,children:[(0,Q.jsx)(`legend`,{className:`sr`,children:qe()}),l.map((e,t)=>(0,Q.jsx)(`button`,{type:`button`,className:`chip`,"aria-pressed":t===s,onClick:()=>c(t),children:t+1},e.id))]})}),l.length>0?(0,Q.jsxs)(`table`,{className:`cmp n${l.length} show${s}`,children:[(0,Q.jsx)(`caption`,{className:`sr`,children:oe()}),(0,Q.jsx)(`thead`,{children:(0,Q.jsxs)(`tr`,{children:[(0,Q.jsx)(`th`,{scope:`col`,children:(0,Q.jsx)(`span`,{className:`sr`,children:k()})}),(0,Q.jsxs)(`th`,{scope:`col`,children:[F(),(0,Q.jsx)(`div`,{className:`muted small`,children:B({id:e.lightspeedItemId})})]}),l.map((e,t)=>(0,Q.jsxs)(`th`,{scope:`col`,className:`c c${t}`,children:[(0,Q.jsx)(`kbd`,{children:t+1}),` `,O(),(0,Q.jsx)(`div`,{className:`muted small`,children:(t===g&&l.length>1?Ct:bt)({n:v(h[t]??0),of:v(p[t]?.length??0)})})]},e.id))]})}),(0,Q.jsx)(`tbody`,{children:d.map(e=>(0,Q.jsxs)(`tr`,{children:[(0,Q.jsx)(`th`,{scope:`row`,children:e.label}),(0,Q.jsx)(`td`,{className:`any`,children:e.own||(0,Q.jsx)(`span`,{className:`muted`,children:`–`})}),l.map((t,n)=>(0,Q.jsx)(Kr,{field:e,candidate:t,nth:n},t.id))]},e.label))}),(0,Q.jsx)(`tfoot`,{children:(0,Q.jsxs)(`tr`,{children:[(0,Q.jsx)(`td`,{}),(0,Q.jsx)(`td`,{}),l.map((t,r)=>(0,Q.jsx)(`td`,{className:`c c${r}`,children:(0,Q.jsx)(C,{children:e.product?.id===t.id&&e.matchReason===null?(0,Q.jsx)(m,{busy:n.busy,onClick:()=>void n.unlink(),children:or()}):(0,Q.jsxs)(m,{look:r===g?`primary`:`plain`,busy:n.busy,onClick:()=>void n.link(t),children:[e.product?.id===t.id?Et():G(),` `,(0,Q.jsx)(`kbd`,{className:`only-d`,children:r+1}),(0,Q.jsxs)(`span`,{className:`sr`,children:[` `,t.name]})]})})},t.id))]})})]}):(0,Q.jsx)(`p`,{className:`muted gap`,children:nn()}),e.candidateCount>l.length&&(0,Q.jsx)(`p`,{className:`muted small gap`,children:Vt({n:v(e.candidateCount-l.length)})}),(0,Q.jsx)(C,{children:(0,Q.jsxs)(`div`,{className:`row gap`,children:[e.candidates.length>0&&(0,Q.jsxs)(m,{busy:n.busy,onClick:()=>void n.none(),children:[V(),` `,(0,Q.jsx)(`kbd`,{className:`only-d`,children:`X`})]}),e.product&&(0,Q.jsx)(m,{busy:n.busy,onClick:()=>void n.unlink(),children:or()}),(0,Q.jsx)(m,{look:`quiet`,icon:`search`,onClick:()=>a(!0),children:_t()}),t.last&&(0,Q.jsxs)(m,{look:`quiet`,icon:`undo`,onClick:()=>t.last&&void n.undo(t.last),children:[H(),` `,(0,Q.jsx)(`kbd`,{className:`only-d`,children:`U`})]})]})}),e.decisions.length>0&&(0,Q.jsx)(qr,{item:e,undo:t=>void n.undo({item:e.id,decisions:[t]})}),(0,Q.jsx)(C,{children:(0,Q.jsxs)(`p`,{className:`keys gap`,children:[(0,Q.jsxs)(`span`,{children:[(0,Q.jsx)(`kbd`,{children:`J`}),(0,Q.jsx)(`kbd`,{children:`K`}),` `,Ae()]}),(0,Q.jsxs)(`span`,{children:[(0,Q.jsx)(`kbd`,{children:`1`}),`–`,(0,Q.jsx)(`kbd`,{children:`9`}),` `,De()]}),(0,Q.jsxs)(`span`,{children:[(0,Q.jsx)(`kbd`,{children:`X`}),` `,V()]}),(0,Q.jsxs)(`span`,{children:[(0,Q.jsx)(`kbd`,{children:`U`}),` `,H()]})]})}),r&&(0,Q.jsx)(Jr,{item:e,busy:n.busy,onClose:()=>a(!1),onLink:e=>{a(!1),n.link(e)}})]})}function Gr(e){let t=e=>[e?.size,e?.color].filter(Boolean).join(`, `);return[{label:Xt(),own:e.description,of:t=>{let n=we(t.name,e.description);return n.length===0?{text:t.name,like:`same`,words:Ar()}:{text:t.name,like:`differs`,words:hn({words:n.slice(0,5).join(` `)})}}},{label:_e(),own:e.brand,of:t=>({text:t.brand,like:q(e.brand,t.brand)})},{label:le(),own:e.upc,of:t=>({text:[t.gtin1,t.gtin2].filter(Boolean).join(`, `),like:K(e.upc,t.gtin1,t.gtin2)})},{label:M(),own:e.ean,of:t=>({text:[t.gtin1,t.gtin2].filter(Boolean).join(`, `),like:K(e.ean,t.gtin1,t.gtin2)})},{label:L(),own:e.manufacturerSku,of:t=>({text:t.mpn,like:q(e.manufacturerSku,t.mpn)})},{label:fr(),own:t(e.variant),of:n=>({text:t(n.variant),like:q(t(e.variant),t(n.variant))})},{label:An(),own:/[1-9]/.test(e.msrp.amount)?y(e.msrp):``,of:t=>({text:y(t.price),like:/[1-9]/.test(e.msrp.amount)?q(y(e.msrp),y(t.price)):`unknown`})},{label:Rt(),own:e.product?.name??``,of:e=>({text:e.posItem?`${e.posItem.description} (${B({id:e.posItem.lightspeedItemId})})`:``,like:`unknown`})}].filter(t=>t.own!==``||t.label!==M()&&e.candidates.some(e=>t.of(e).text!==``))}function Kr({field:e,candidate:t,nth:n}){let{text:r,like:i,words:a}=e.of(t);return(0,Q.jsxs)(`td`,{className:`c c${n} any ${i===`same`?`same`:i===`differs`?`dif`:``}`,children:[(0,Q.jsx)(`bdi`,{children:r||(0,Q.jsx)(`span`,{className:`muted`,children:`–`})}),i!==`unknown`&&(0,Q.jsxs)(`span`,{className:`mk`,children:[(0,Q.jsx)(u,{name:i===`same`?`check`:`differs`}),a??(i===`same`?j():ue())]})]})}function qr({item:e,undo:t}){return(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(`h3`,{className:`gap`,children:A()}),(0,Q.jsx)(`ul`,{className:`rows`,children:e.decisions.map(e=>(0,Q.jsxs)(`li`,{children:[(0,Q.jsxs)(`span`,{children:[e.verdict===`LINK`?ce({name:e.product.name}):N({name:e.product.name}),(0,Q.jsxs)(`span`,{className:`muted small block`,children:[e.decidedBy,`, `,(0,Q.jsx)(a,{at:e.decidedAt}),e.idle&&` · ${se()}`]})]}),(0,Q.jsx)(C,{children:(0,Q.jsxs)(m,{small:!0,onClick:()=>t(e.id),children:[I(),(0,Q.jsxs)(`span`,{className:`sr`,children:[` `,e.product.name]})]})})]},e.id))})]})}function Jr({item:e,busy:t,onClose:n,onLink:r}){let[i,a]=(0,Z.useState)();return(0,Q.jsx)(T,{title:R({name:e.description}),open:!0,onClose:n,acts:(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(m,{onClick:n,children:D()}),(0,Q.jsx)(m,{look:`primary`,busy:t,disabled:!i,onClick:()=>i&&r(i),children:G()})]}),children:(0,Q.jsx)(`div`,{className:`fields`,children:(0,Q.jsx)(Ce,{chosen:i,onChoose:a,start:e.manufacturerSku||e.brand})})})}var Yr=[`all`,`UNCONFIRMED`,`CONTRADICTION`,`RIVAL`,`DOUBT`,`aside`],$={UNCONFIRMED:rr,CONTRADICTION:dt,RIVAL:Hn,DOUBT:mt},Xr=e=>e===`all`?Fe():e===`aside`?Re():$[e]();function Zr(e,t){return e===`all`?t.total:e===`aside`?t.setAside:t.reasons.find(t=>t.reason===e)?.count??0}var Qr=15;function $r(){let a=n({strict:!1}),c=r(),l=g(),u=ye(),d=Yr.find(e=>e===a.why)??`all`,f={...a.q&&{search:a.q},...a.stock&&{inStock:!0},...d===`aside`&&{setAside:!0},...d!==`all`&&d!==`aside`&&{reasons:[d]}},[p,m]=S({query:jr,variables:{...ie(a,50),where:f}}),[h,y]=S({query:Mr,variables:{where:{...a.q&&{search:a.q},...a.stock&&{inStock:!0}}}}),b=h.data?.reviewSummary,[x,w]=(0,Z.useState)(new Set),[T,E]=(0,Z.useState)(),D=p.data?.reviewQueue.edges.map(e=>e.node)??[],O=a.item??D[0]?.id,k=D.findIndex(e=>e.id===O),A=(0,Z.useRef)(null),{after:oe,before:se,item:ce,...j}=a,M=e=>{w(new Set),c({to:`.`,search:{...j,...e},replace:!0})},N=(0,Z.useCallback)(e=>{e&&c({to:`.`,search:(t=>({...t,item:e})),replace:!0,resetScroll:!1})},[c]),P=e=>{let t=D[k+e];N(t?.id),t&&A.current?.querySelector(`[data-id="${t.id}"]`)?.scrollIntoView({block:`nearest`})},[F,I]=(0,Z.useState)([]);(0,Z.useEffect)(()=>{if(F.length===0)return;let e=Qr,t=setInterval(async()=>{let{data:t}=await l.query(Pr,{ids:[...F]},{requestPolicy:`network-only`}).toPromise();t?.nodes.some(e=>e&&`matchPending`in e&&e.matchPending)&&--e!==0||(I([]),m({requestPolicy:`network-only`}),y({requestPolicy:`network-only`}))},2e3);return()=>clearInterval(t)},[F,l,m,y]);let L=e=>I(t=>[...new Set([...t,...e])].slice(-100)),R=e=>{let t=new Set(x);t.delete(e)||t.add(e),w(t)};return(0,Z.useEffect)(()=>{let e=e=>{if(e.ctrlKey||e.metaKey||e.altKey||i(e)||o())return;let t=e.key.toLowerCase();(t===`j`||t===`k`)&&(e.preventDefault(),P(t===`j`?1:-1))};return window.addEventListener(`keydown`,e),()=>window.removeEventListener(`keydown`,e)}),(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(ee,{title:t(),lead:b?Mt({n:v(b.total),stock:v(b.inStock)}):kt()}),(0,Q.jsxs)(ne,{title:(0,Q.jsx)(`span`,{className:`sr`,children:Xr(d)}),className:`lists`,flush:!0,children:[(0,Q.jsx)(ge,{label:hr(),now:d,to:e=>({why:e===`all`?void 0:e,q:a.q,stock:a.stock}),tabs:Yr.map(e=>({value:e,label:Xr(e),count:b&&v(Zr(e,b))}))}),(0,Q.jsxs)(`div`,{className:`filters`,children:[(0,Q.jsx)(he,{label:me(),value:a.q??``,onChange:e=>M({q:e})}),(0,Q.jsx)(re,{label:Jn(),none:Zn(),value:a.stock??``,onChange:e=>M({stock:e}),choices:[{value:`yes`,label:er()}]})]}),(0,Q.jsx)(te,{result:p,again:m,rows:8,children:({reviewQueue:t})=>t.edges.length===0?(0,Q.jsx)(`div`,{className:`pad24`,children:a.q||a.stock||d!==`all`?(0,Q.jsx)(_,{icon:`search`,title:ln(),act:(0,Q.jsx)(e,{to:`/review`,className:`btn`,children:fe()})}):(0,Q.jsx)(_,{title:on(),act:(0,Q.jsx)(e,{to:`/items`,className:`btn`,children:s()}),children:fn()})}):(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsxs)(`div`,{className:`review`,children:[(0,Q.jsx)(`div`,{className:`queue`,ref:A,children:(0,Q.jsx)(`ul`,{"aria-label":In(),children:D.map(e=>(0,Q.jsx)(ei,{row:e,current:e.id===O,waits:F.includes(e.id),picked:u?x.has(e.id):void 0,onPick:()=>R(e.id),onShow:()=>N(e.id)},e.id))})}),O&&(0,Q.jsx)(Vr,{id:O,place:k<0?``:wn({n:v(k+1),of:v(D.length)}),last:T,onDecided:e=>{E(e.decisions.length>0?e:void 0),L([e.item]),P(1)},onUndone:e=>{E(void 0),L([e])},onStep:P},O)]}),(0,Q.jsx)(ae,{info:t.pageInfo,text:pe({count:t.totalCount,n:v(t.totalCount)}),go:e=>void c({to:`.`,search:{...j,...e}})})]})})]}),(0,Q.jsx)(C,{children:x.size>0&&(0,Q.jsx)(ti,{ids:[...x],aside:d===`aside`,clear:()=>w(new Set),onDone:e=>{w(new Set),L(e),m({requestPolicy:`network-only`})}})})]})}function ei({row:e,current:t,waits:n,picked:r,onPick:i,onShow:a}){return(0,Q.jsxs)(`li`,{className:t?`cur`:void 0,"data-id":e.id,children:[r===void 0?(0,Q.jsx)(`span`,{}):(0,Q.jsx)(`input`,{type:`checkbox`,"aria-label":xn({name:e.description}),checked:r,onChange:i}),(0,Q.jsx)(`button`,{type:`button`,className:`nm`,"aria-current":t||void 0,onClick:a,children:(0,Q.jsx)(`bdi`,{children:e.description||e.lightspeedItemId})}),(0,Q.jsxs)(`span`,{className:`m`,children:[(0,Q.jsxs)(`span`,{children:[X({n:v(J(e))}),e.brand&&` · ${e.brand}`]}),n||e.matchPending?(0,Q.jsx)(z,{tone:`busy`,children:vn()}):(0,Q.jsx)(z,{tone:`plain`,children:e.rivalCount>0?qt({n:v(e.rivalCount+1)}):e.candidateCount>1?Wt({n:v(e.candidateCount)}):e.matchReason?$[e.matchReason]():``})]})]})}function ti({ids:e,aside:t,clear:n,onDone:r}){let i=w(Lr),a=w(Rr),o=w(zr),[s,c]=(0,Z.useState)(!1),l=async()=>{let{ok:n,userErrors:i}=await o.run({ids:[...e],aside:!t});i[0]&&W(i[0].message),n&&(U(t?We({n:v(e.length)}):Ve({n:v(e.length)})),r([]))};return(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsxs)(de,{text:ve({count:e.length,n:v(e.length)}),clear:n,children:[(0,Q.jsx)(m,{busy:o.busy,onClick:()=>void l(),children:t?Nn():Ft()}),(0,Q.jsx)(m,{look:`primary`,onClick:()=>c(!0),children:Xe({n:v(e.length)})})]}),s&&(0,Q.jsx)(ni,{ids:e,busy:i.busy,onClose:()=>c(!1),onConfirm:async e=>{let{ok:t,data:n,userErrors:o}=await i.run({ids:[...e]});if(o[0]&&W(o[0].message),c(!1),!t||!n)return;let{results:s,batch:l}=n.confirmMatches,u=s.filter(e=>e.userErrors.length===0).map(e=>e.id),d=s.find(e=>e.userErrors.length>0),f=ct({count:u.length,n:v(u.length)});U(d?`${f} ${E({count:s.length-u.length,n:v(s.length-u.length)})} ${d.userErrors[0]?.message}`:f,l?{label:H(),run:()=>void a.run({batch:l}).then(e=>e.ok&&r(u))}:void 0),r(u)}})]})}function ni({ids:e,busy:t,onClose:n,onConfirm:r}){let[i,a]=S({query:Br,variables:{ids:e.slice(0,100)}}),[o,s]=(0,Z.useState)(new Set),c=i.data?.nodes.flatMap(e=>e&&`candidates`in e?[e]:[])??[],l=c.filter(e=>e.candidates.length===1),u=l.filter(e=>!o.has(e.id)).map(e=>e.id);return(0,Q.jsxs)(T,{title:at(),open:!0,onClose:n,acts:(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(m,{onClick:n,children:D()}),(0,Q.jsx)(m,{look:`primary`,busy:t,disabled:u.length===0,onClick:()=>r(u),children:Xe({n:v(u.length)})})]}),children:[(0,Q.jsx)(`p`,{children:$e()}),i.error&&(0,Q.jsx)(h,{error:i.error,again:a}),!i.data&&!i.error&&(0,Q.jsx)(x,{}),(0,Q.jsx)(`ul`,{className:`found`,children:l.map(e=>(0,Q.jsx)(`li`,{children:(0,Q.jsxs)(`label`,{className:`tick`,children:[(0,Q.jsx)(`input`,{type:`checkbox`,checked:!o.has(e.id),onChange:t=>{let n=new Set(o);t.target.checked?n.delete(e.id):n.add(e.id),s(n)}}),(0,Q.jsxs)(`span`,{children:[(0,Q.jsx)(`bdi`,{children:e.description}),(0,Q.jsxs)(`span`,{className:`block small muted`,children:[`→ `,(0,Q.jsx)(`bdi`,{children:e.candidates[0]?.name})]})]})]})},e.id))}),c.length>l.length&&(0,Q.jsx)(`p`,{className:`muted small`,children:nt({n:v(c.length-l.length)})})]})}export{$r as Page,$ as reasonWords};