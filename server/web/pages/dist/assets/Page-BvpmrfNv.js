import{n as e}from"./rolldown-runtime-WkwZ5CU-.js";import{D as t,_ as n,f as r,i,lt as a,n as o,o as s,p as c,r as l,t as u,ut as d,x as f}from"./Panel-DRf5dISN.js";import{n as p,r as m,t as ee}from"./Role-BnRZNCdf.js";import{t as h}from"./cancel-C5JWiNgt.js";import{i as g}from"./Field-8bPxKKNT.js";import{o as te,y as _}from"./index-CXD-b8-v.js";import{t as ne}from"./saved-C0LZZiKR.js";import{t as re}from"./undo-Bhi0TbV2.js";import{o as v,s as y}from"./data-BdZbc3lM.js";var b=()=>`Save`,x=()=>`Guardar`,S=((e={},t={})=>(t.locale??f())===`es`?x(e):b(e)),C=()=>`Add a status`,w=()=>`Añadir un estado`,T=((e={},t={})=>(t.locale??f())===`es`?w(e):C(e)),E=e=>`${e?.name} was added`,D=e=>`Se ha añadido ${e?.name}`,O=((e,t={})=>(t.locale??f())===`es`?D(e):E(e)),k=e=>`Move ${e?.name} down`,A=e=>`Bajar ${e?.name}`,j=((e,t={})=>(t.locale??f())===`es`?A(e):k(e)),M=e=>`${e?.name} is now number ${e?.place}`,N=e=>`${e?.name} es ahora el número ${e?.place}`,P=((e,t={})=>(t.locale??f())===`es`?N(e):M(e)),F=()=>`Name`,I=()=>`Nombre`,L=((e={},t={})=>(t.locale??f())===`es`?I(e):F(e)),R=()=>`1 to 100 characters, unlike every other status`,z=()=>`De 1 a 100 caracteres, distinto de los demás`,B=((e={},t={})=>(t.locale??f())===`es`?z(e):R(e)),V=()=>`Name of the new status`,H=()=>`Nombre del nuevo estado`,U=((e={},t={})=>(t.locale??f())===`es`?H(e):V(e)),W=()=>`Rename`,G=()=>`Renombrar`,K=((e={},t={})=>(t.locale??f())===`es`?G(e):W(e)),q=()=>`Restore`,ie=()=>`Restaurar`,J=((e={},t={})=>(t.locale??f())===`es`?ie(e):q(e)),Y=()=>`Retire`,ae=()=>`Retirar`,oe=((e={},t={})=>(t.locale??f())===`es`?ae(e):Y(e)),se=e=>`Move ${e?.name} up`,ce=e=>`Subir ${e?.name}`,le=((e,t={})=>(t.locale??f())===`es`?ce(e):se(e)),ue=e=>`${e?.name} was retired`,de=e=>`${e?.name} se ha retirado`,fe=((e,t={})=>(t.locale??f())===`es`?de(e):ue(e)),pe=()=>`The statuses that orders can have on the website`,me=()=>`Los estados que pueden tener los pedidos en el sitio web`,he=((e={},t={})=>(t.locale??f())===`es`?me(e):pe(e)),ge=()=>`No statuses yet`,_e=()=>`Aún no hay estados`,ve=((e={},t={})=>(t.locale??f())===`es`?_e(e):ge(e)),ye=()=>`Add one, such as “Picked up”.`,be=()=>`Añade uno, como «Recogido».`,xe=((e={},t={})=>(t.locale??f())===`es`?be(e):ye(e)),Se=()=>`Statuses, in the order of the lists`,Ce=()=>`Estados, en el orden de las listas`,X=((e={},t={})=>(t.locale??f())===`es`?Ce(e):Se(e)),we=()=>`Retired: orders keep them, but nobody can choose them`,Te=()=>`Retirados: los pedidos los conservan, pero nadie puede elegirlos`,Ee=((e={},t={})=>(t.locale??f())===`es`?Te(e):we(e)),Z=e(d(),1),Q=a(),De=l(`
  query StatusesPage {
    statusTypes {
      id
      name
      retired
    }
  }
`),Oe=l(`
  mutation AddStatus($name: String!) {
    addStatusType(input: { name: $name }) {
      statusType {
        id
        name
        retired
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),$=l(`
  mutation EditStatus($input: EditStatusTypeInput!) {
    editStatusType(input: $input) {
      statusType {
        id
        name
        retired
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),ke=l(`
  mutation ReorderStatuses($ids: [ID!]!) {
    reorderStatusTypes(input: { statusIds: $ids }) {
      statusTypes {
        id
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`);function Ae(){let[e,a]=t({query:De}),c=m(ke),l=m($),d=(0,Z.useRef)(null),f=async(e,t,r)=>{let i=e.map(e=>e.id),[a]=i.splice(t,1);if(a===void 0)return;i.splice(t+r,0,a);let{ok:o,userErrors:s}=await c.run({ids:i});s[0]&&y(s[0].message),o&&(_(P({name:e[t]?.name??``,place:n(t+r+1)})),requestAnimationFrame(()=>{let e=(d.current?.querySelector(`[data-id="${a}"]`))?.querySelectorAll(`.move button`);(r<0?[e?.[0],e?.[1]]:[e?.[1],e?.[0]]).find(e=>e&&!e.disabled)?.focus()}))},h=async(e,t)=>{let{ok:n,userErrors:r}=await l.run({input:{statusId:e.id,retired:t}});r[0]&&y(r[0].message),n&&t&&v(fe({name:e.name}),{label:re(),run:()=>void h(e,!1)})};return(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(o,{title:te(),lead:he()}),(0,Q.jsx)(ee,{children:(0,Q.jsxs)(`div`,{className:`cols`,children:[(0,Q.jsx)(u,{title:X(),children:(0,Q.jsx)(s,{result:e,again:a,children:({statusTypes:e})=>{let t=e.filter(e=>!e.retired);return(0,Q.jsxs)(Q.Fragment,{children:[t.length===0&&(0,Q.jsx)(i,{icon:`info`,title:ve(),children:xe()}),(0,Q.jsx)(`ul`,{className:`rows`,ref:d,children:t.map((e,n)=>(0,Q.jsx)(je,{status:e,first:n===0,last:n===t.length-1,move:e=>void f(t,n,e),retire:()=>void h(e,!0)},e.id))}),e.length>t.length&&(0,Q.jsxs)(Q.Fragment,{children:[(0,Q.jsx)(`h3`,{className:`gap`,children:Ee()}),(0,Q.jsx)(`ul`,{className:`rows`,children:e.filter(e=>e.retired).map(e=>(0,Q.jsxs)(`li`,{children:[(0,Q.jsx)(`span`,{className:`muted`,children:e.name}),(0,Q.jsx)(p,{children:(0,Q.jsxs)(r,{small:!0,onClick:()=>void h(e,!1),children:[J(),(0,Q.jsxs)(`span`,{className:`sr`,children:[` `,e.name]})]})})]},e.id))})]})]})}})}),(0,Q.jsx)(p,{children:(0,Q.jsx)(Me,{})})]})})]})}function je({status:e,first:t,last:n,move:i,retire:a}){let o=m($),[s,l]=(0,Z.useState)(),[u,d]=(0,Z.useState)(),f=async()=>{if(s===void 0)return;let{ok:t,userErrors:n}=await o.run({input:{statusId:e.id,name:s}});d(n[0]?.message),t&&(l(void 0),v(ne()))};return s===void 0?(0,Q.jsxs)(`li`,{"data-id":e.id,children:[(0,Q.jsx)(`span`,{children:e.name}),(0,Q.jsxs)(p,{children:[(0,Q.jsxs)(r,{look:`quiet`,small:!0,onClick:()=>l(e.name),children:[K(),(0,Q.jsxs)(`span`,{className:`sr`,children:[` `,e.name]})]}),(0,Q.jsxs)(r,{look:`quiet`,small:!0,onClick:a,children:[oe(),(0,Q.jsxs)(`span`,{className:`sr`,children:[` `,e.name]})]}),(0,Q.jsxs)(`span`,{className:`move`,children:[(0,Q.jsx)(c,{icon:`up`,label:le({name:e.name}),disabled:t,onClick:()=>i(-1)}),(0,Q.jsx)(c,{icon:`down`,label:j({name:e.name}),disabled:n,onClick:()=>i(1)})]})]})]}):(0,Q.jsx)(`li`,{"data-id":e.id,children:(0,Q.jsxs)(`form`,{className:`inline-form`,onSubmit:e=>{e.preventDefault(),f()},children:[(0,Q.jsx)(g,{label:L(),value:s,onChange:l,error:u,maxLength:100,autoFocus:!0}),(0,Q.jsx)(r,{type:`submit`,look:`primary`,busy:o.busy,children:S()}),(0,Q.jsx)(r,{onClick:()=>{l(void 0),d(void 0)},children:h()})]})})}function Me(){let e=m(Oe),[t,n]=(0,Z.useState)(``),[i,a]=(0,Z.useState)(),o=async()=>{let{ok:r,userErrors:i}=await e.run({name:t});a(i[0]?.message),r&&(n(``),v(O({name:t})))};return(0,Q.jsx)(u,{title:T(),children:(0,Q.jsxs)(`form`,{className:`fields`,onSubmit:e=>{e.preventDefault(),o()},children:[(0,Q.jsx)(g,{label:U(),value:t,onChange:n,error:i,maxLength:100,hint:B()}),(0,Q.jsx)(`div`,{children:(0,Q.jsx)(r,{type:`submit`,look:`primary`,busy:e.busy,disabled:t.trim()===``,children:T()})})]})})}export{Ae as Page};