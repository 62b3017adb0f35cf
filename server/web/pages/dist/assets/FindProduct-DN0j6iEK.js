import{d as e,f as t,m as n,o as r,t as i}from"./Button-DTpzbii0.js";import{o as a,p as o,r as s,x as c}from"./Panel-BSITHXaU.js";import{t as l}from"./Field-CpxI47NP.js";import{t as u}from"./SearchField-Bdvkcpyn.js";var d=()=>`Choose`,f=()=>`Elegir`,p=((e={},t={})=>(t.locale??r())===`es`?f(e):d(e)),m=()=>`Nothing fits.`,h=()=>`Nada coincide.`,g=((e={},t={})=>(t.locale??r())===`es`?h(e):m(e)),_=()=>`Choose another`,v=()=>`Elegir otro`,y=((e={},t={})=>(t.locale??r())===`es`?v(e):_(e)),b=()=>`Find a product: name, part number or barcode`,x=()=>`Buscar un producto: nombre, referencia o código de barras`,S=((e={},t={})=>(t.locale??r())===`es`?x(e):b(e)),C=e=>`Linked to “${e?.name}”`,w=e=>`Vinculado a «${e?.name}»`,T=((e,t={})=>(t.locale??r())===`es`?w(e):C(e)),E=()=>`Link this`,D=()=>`Vincular este`,O=((e={},t={})=>(t.locale??r())===`es`?D(e):E(e)),k=n(t(),1),A=s(`
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
`),j=s(`
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
`),M=s(`
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
`),N=s(`
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
`),P=e();function F({chosen:e,onChoose:t,start:n=``,error:r}){let[s,d]=(0,k.useState)(n),[f,m]=c({query:A,variables:{search:s},pause:s===``||!!e});return e?(0,P.jsxs)(`div`,{className:`fix chosen`,children:[(0,P.jsxs)(`span`,{children:[(0,P.jsx)(`b`,{children:(0,P.jsx)(`bdi`,{children:e.name})}),(0,P.jsx)(`span`,{className:`muted block small`,children:[e.brand,e.mpn].filter(Boolean).join(` · `)})]}),(0,P.jsx)(i,{small:!0,onClick:()=>t(void 0),children:y()})]}):(0,P.jsxs)(`div`,{children:[(0,P.jsx)(u,{label:S(),value:s,onChange:d,autoFocus:!0}),r&&(0,P.jsx)(l,{children:r}),s!==``&&(0,P.jsx)(a,{result:f,again:m,rows:3,children:({products:e})=>(0,P.jsxs)(`ul`,{className:`found`,children:[e.edges.map(({node:e})=>(0,P.jsxs)(`li`,{children:[(0,P.jsxs)(`span`,{children:[(0,P.jsx)(`bdi`,{children:e.name}),(0,P.jsxs)(`span`,{className:`muted block small`,children:[[e.brand,e.mpn,e.gtin1].filter(Boolean).join(` · `),` · `,o(e.effectivePrice.price)]})]}),(0,P.jsxs)(i,{small:!0,onClick:()=>t(e),children:[p(),(0,P.jsxs)(`span`,{className:`sr`,children:[` `,e.name]})]})]},e.id)),e.edges.length===0&&(0,P.jsx)(`li`,{className:`muted`,children:g()})]})})]})}export{O as a,N as i,j as n,T as o,M as r,g as s,F as t};