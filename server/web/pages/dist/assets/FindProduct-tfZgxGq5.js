import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{A as t,f as n,ft as r,o as i,pt as a,r as o,v as s,w as c}from"./Panel-Bs6JSMci.js";import{t as l}from"./Field-B9HP8HGd.js";import{t as u}from"./SearchField-BJ5xfooV.js";var d=()=>`Choose`,f=()=>`Elegir`,p=((e={},t={})=>(t.locale??c())===`es`?f(e):d(e)),m=()=>`Nothing fits.`,h=()=>`Nada coincide.`,g=((e={},t={})=>(t.locale??c())===`es`?h(e):m(e)),_=()=>`Choose another`,v=()=>`Elegir otro`,y=((e={},t={})=>(t.locale??c())===`es`?v(e):_(e)),b=()=>`Find a product: name, part number or barcode`,x=()=>`Buscar un producto: nombre, referencia o código de barras`,S=((e={},t={})=>(t.locale??c())===`es`?x(e):b(e)),C=e=>`Linked to “${e?.name}”`,w=e=>`Vinculado a «${e?.name}»`,T=((e,t={})=>(t.locale??c())===`es`?w(e):C(e)),E=()=>`Link this`,D=()=>`Vincular este`,O=((e={},t={})=>(t.locale??c())===`es`?D(e):E(e)),k=e(a(),1),A=o(`
  query FindProducts($search: String!) {
    products(first: 8, where: { search: $search, active: true }) {
      totalCount
      edges {
        cursor
        node {
          id
          key
          name
          brand
          mpn
          gtin1
          effectivePrice {
            price {
              amount
              currencyCode
            }
          }
          posItem {
            id
            lightspeedItemId
          }
        }
      }
    }
  }
`),j=o(`
  query FindItems($search: String!) {
    posItems(first: 8, where: { search: $search, archived: false }) {
      totalCount
      edges {
        cursor
        node {
          id
          lightspeedItemId
          description
          brand
          upc
          manufacturerSku
          product {
            id
            name
          }
        }
      }
    }
  }
`),M=o(`
  mutation LinkItem($item: ID!, $product: ID!) {
    linkItem(input: { posItemId: $item, productId: $product }) {
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
`),N=o(`
  mutation Withdraw($id: ID!) {
    withdrawDecision(input: { decisionId: $id }) {
      posItem {
        id
        matchPending
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),P=r();function F({chosen:e,onChoose:r,start:a=``,error:o}){let[c,d]=(0,k.useState)(a),[f,m]=t({query:A,variables:{search:c},pause:c===``||!!e});return e?(0,P.jsxs)(`div`,{className:`fix chosen`,children:[(0,P.jsxs)(`span`,{children:[(0,P.jsx)(`b`,{children:(0,P.jsx)(`bdi`,{children:e.name})}),(0,P.jsx)(`span`,{className:`muted block small`,children:[e.brand,e.mpn].filter(Boolean).join(` · `)})]}),(0,P.jsx)(n,{small:!0,onClick:()=>r(void 0),children:y()})]}):(0,P.jsxs)(`div`,{children:[(0,P.jsx)(u,{label:S(),value:c,onChange:d,autoFocus:!0}),o&&(0,P.jsx)(l,{children:o}),c!==``&&(0,P.jsx)(i,{result:f,again:m,rows:3,children:({products:e})=>(0,P.jsxs)(`ul`,{className:`found`,children:[e.edges.map(({node:e})=>(0,P.jsxs)(`li`,{children:[(0,P.jsxs)(`span`,{children:[(0,P.jsx)(`bdi`,{children:e.name}),(0,P.jsxs)(`span`,{className:`muted block small`,children:[[e.brand,e.mpn,e.gtin1].filter(Boolean).join(` · `),` · `,s(e.effectivePrice.price)]})]}),(0,P.jsxs)(n,{small:!0,onClick:()=>r(e),children:[p(),(0,P.jsxs)(`span`,{className:`sr`,children:[` `,e.name]})]})]},e.id)),e.edges.length===0&&(0,P.jsx)(`li`,{className:`muted`,children:g()})]})})]})}export{O as a,N as i,j as n,T as o,M as r,g as s,F as t};