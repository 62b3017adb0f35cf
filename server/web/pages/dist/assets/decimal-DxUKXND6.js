import{r as e,w as t}from"./Panel-Bs6JSMci.js";import{n,r}from"./nav_orders-CGiGE4YC.js";import{t as i}from"./setup_go_connect-CuKvIppw.js";import{E as ee}from"./index-DlmRNVEy.js";var a=()=>`Balance due`,o=()=>`Saldo pendiente`,te=((e={},n={})=>(n.locale??t())===`es`?o(e):a(e)),ne=()=>`Cancelled`,re=()=>`Cancelado`,s=((e={},n={})=>(n.locale??t())===`es`?re(e):ne(e)),ie=()=>`Not connected`,ae=()=>`Sin conexión`,oe=((e={},n={})=>(n.locale??t())===`es`?ae(e):ie(e)),se=()=>`Customer needed`,ce=()=>`Falta el cliente`,c=((e={},n={})=>(n.locale??t())===`es`?ce(e):se(e)),l=()=>`Employee`,u=()=>`Empleado`,d=((e={},n={})=>(n.locale??t())===`es`?u(e):l(e)),f=()=>`Fraction of a unit`,p=()=>`Fracción de unidad`,m=((e={},n={})=>(n.locale??t())===`es`?p(e):f(e)),h=()=>`Amount too large`,g=()=>`Importe demasiado grande`,_=((e={},n={})=>(n.locale??t())===`es`?g(e):h(e)),v=()=>`Too many lines`,y=()=>`Demasiadas líneas`,b=((e={},n={})=>(n.locale??t())===`es`?y(e):v(e)),x=()=>`Totals differ`,S=()=>`Los totales difieren`,C=((e={},n={})=>(n.locale??t())===`es`?S(e):x(e)),w=()=>`Total below zero`,T=()=>`Total negativo`,E=((e={},n={})=>(n.locale??t())===`es`?T(e):w(e)),D=()=>`No lines`,O=()=>`Sin líneas`,k=((e={},n={})=>(n.locale??t())===`es`?O(e):D(e)),A=()=>`Payment not captured`,j=()=>`Pago sin cobrar`,M=((e={},n={})=>(n.locale??t())===`es`?j(e):A(e)),N=()=>`Exporting is off`,P=()=>`Exportación desactivada`,F=((e={},n={})=>(n.locale??t())===`es`?P(e):N(e)),I=()=>`Payment type archived`,L=()=>`Tipo de pago archivado`,R=((e={},n={})=>(n.locale??t())===`es`?L(e):I(e)),z=()=>`Lightspeed refuses sales`,B=()=>`Lightspeed rechaza ventas`,V=((e={},n={})=>(n.locale??t())===`es`?B(e):z(e)),H=()=>`Refused by Lightspeed`,U=()=>`Rechazado por Lightspeed`,W=((e={},n={})=>(n.locale??t())===`es`?U(e):H(e)),G=()=>`Register`,le=()=>`Caja`,K=((e={},n={})=>(n.locale??t())===`es`?le(e):G(e)),ue=()=>`Set-up not complete`,de=()=>`Configuración incompleta`,fe=((e={},n={})=>(n.locale??t())===`es`?de(e):ue(e)),pe=()=>`Sign-in needed`,me=()=>`Falta iniciar sesión`,he=((e={},n={})=>(n.locale??t())===`es`?me(e):pe(e)),ge=()=>`Not linked`,_e=()=>`Sin vincular`,q=((e={},n={})=>(n.locale??t())===`es`?_e(e):ge(e)),ve=()=>`Held back`,ye=()=>`Retenido`,J=((e={},n={})=>(n.locale??t())===`es`?ye(e):ve(e)),be=()=>`Exported`,xe=()=>`Exportado`,Y=((e={},n={})=>(n.locale??t())===`es`?xe(e):be(e)),Se=()=>`Failed`,Ce=()=>`Fallido`,X=((e={},n={})=>(n.locale??t())===`es`?Ce(e):Se(e)),we=()=>`In the queue`,Te=()=>`En la cola`,Ee=((e={},n={})=>(n.locale??t())===`es`?Te(e):we(e)),De=()=>`To export`,Oe=()=>`Por exportar`,Z=((e={},n={})=>(n.locale??t())===`es`?Oe(e):De(e)),ke=()=>`Being sent`,Ae=()=>`Enviándose`,je=((e={},n={})=>(n.locale??t())===`es`?Ae(e):ke(e)),Me=()=>`Checking with Lightspeed`,Ne=()=>`Comprobando con Lightspeed`,Pe=((e={},n={})=>(n.locale??t())===`es`?Ne(e):Me(e)),Fe=e=>`about ${e?.time}`,Ie=e=>`unos ${e?.time}`,Le=((e,n={})=>(n.locale??t())===`es`?Ie(e):Fe(e)),Re=()=>`Customer`,ze=()=>`Cliente`,Be=((e={},n={})=>(n.locale??t())===`es`?ze(e):Re(e)),Ve=()=>`Handed over`,He=()=>`Entregado`,Ue=((e={},n={})=>(n.locale??t())===`es`?He(e):Ve(e)),We=()=>`No name`,Ge=()=>`Sin nombre`,Ke=((e={},n={})=>(n.locale??t())===`es`?Ge(e):We(e)),qe=e=>`Number ${e?.n} in the queue`,Je=e=>`Número ${e?.n} en la cola`,Ye=((e,n={})=>(n.locale??t())===`es`?Je(e):qe(e)),Xe=()=>`Refund to do`,Ze=()=>`Reembolso pendiente`,Qe=((e={},n={})=>(n.locale??t())===`es`?Ze(e):Xe(e)),$e=e=>`Sale ${e?.id}`,et=e=>`Venta ${e?.id}`,tt=((e,n={})=>(n.locale??t())===`es`?et(e):$e(e)),nt=()=>`Ship to customer`,rt=()=>`Envío al cliente`,it=((e={},n={})=>(n.locale??t())===`es`?rt(e):nt(e)),at=()=>`Status`,ot=()=>`Estado`,st=((e={},n={})=>(n.locale??t())===`es`?ot(e):at(e)),ct=()=>`Total`,lt=()=>`Total`,ut=((e={},n={})=>(n.locale??t())===`es`?lt(e):ct(e)),dt=()=>`Export settings`,ft=()=>`Ajustes de exportación`,Q=((e={},n={})=>(n.locale??t())===`es`?ft(e):dt(e)),pt=()=>`Mark as done`,mt=()=>`Marcar como hecho`,ht=((e={},n={})=>(n.locale??t())===`es`?mt(e):pt(e));function gt(e){return[e.firstName,e.lastName].filter(Boolean).join(` `)||e.company||e.email}function _t(){let e=crypto.getRandomValues(new Uint8Array(16));return Array.from(e,e=>e.toString(16).padStart(2,`0`)).join(``)}var vt={CANCELLED:s,NO_LINES:k,BALANCE_DUE:te,OVERPAID:r,PAYMENT_NOT_CAPTURED:M,NEGATIVE_TOTAL:E,UNLINKED_PRODUCT:q,FRACTIONAL_QUANTITY:m,TOO_MANY_LINES:b,REFUNDED:n,AMOUNT_TOO_LARGE:_,TOTAL_MISMATCH:C,EXPORT_OFF:F,SETUP_INCOMPLETE:fe,NO_EMPLOYEE:d,EMPLOYEE_GONE:d,EMPLOYEE_LOCKED:d,NO_REGISTER:K,REGISTER_GONE:K,EMPLOYEE_IN_OTHER_SHOP:d,PAYMENT_TYPE_ARCHIVED:R,CUSTOMER_REQUIRED:c,ORDER_REFUSED:W,POS_REFUSED:V,POS_FORBIDDEN:V,POS_SIGN_IN:he,NOT_CONNECTED:oe},yt={PAYMENT_NOT_CAPTURED:`card`,BALANCE_DUE:`card`,OVERPAID:`card`,UNLINKED_PRODUCT:`unlinked`,REFUNDED:`undo`};function bt(e){switch(e){case`EXPORT_OFF`:case`NO_EMPLOYEE`:case`EMPLOYEE_GONE`:case`EMPLOYEE_LOCKED`:case`NO_REGISTER`:case`REGISTER_GONE`:case`EMPLOYEE_IN_OTHER_SHOP`:case`PAYMENT_TYPE_ARCHIVED`:case`POS_REFUSED`:return`/settings/export`;case`SETUP_INCOMPLETE`:return`/status`;case`POS_FORBIDDEN`:case`POS_SIGN_IN`:case`NOT_CONNECTED`:return`/settings/lightspeed`;default:return}}function xt(e){return e===`/status`?ee():e===`/settings/lightspeed`?i():Q()}var $={QUEUED:Ee,SENDING:je,UNCONFIRMED:Pe,EXPORTED:Y,FAILED:X,BLOCKED:J};function St(e){let t=e.export?.state;switch(t){case`EXPORTED`:return{tone:`ok`,words:Y()};case`FAILED`:return{tone:`bad`,words:X()};case`BLOCKED`:return{tone:`warn`,words:J()};case void 0:return e.cancelled?{tone:`plain`,words:s()}:e.exportBlockers.length>0?{tone:`warn`,words:J()}:{tone:`plain`,words:Z()};default:return{tone:`busy`,words:$[t]()}}}e(`
  fragment OrderRow on Order {
    id
    key
    number
    placedAt
    cancelled
    revision
    fulfilled
    exportState
    customer {
      firstName
      lastName
      company
      email
    }
    pickupLocation {
      id
      name
    }
    status {
      id
      name
    }
    total {
      amount
      currencyCode
    }
    balanceDue {
      amount
      currencyCode
    }
    exportBlockers {
      code
      message
      advice
    }
    export {
      state
      reason {
        code
        message
      }
      requestedAt
      exportedAt
      ticketNumber
      lightspeedSaleId
      saleUrl
      queuePlace
      expectedSeconds
    }
    notices {
      code
      message
    }
  }
`),e(`
  fragment Counts on ExportCounts {
    states {
      state
      count
    }
    blockers {
      code
      count
    }
    ready
    refundOpen
  }
`);var Ct=e(`
  query OrdersPage($after: Cursor, $before: Cursor, $first: Int, $last: Int, $where: OrderWhere) {
    orders(after: $after, before: $before, first: $first, last: $last, where: $where) {
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
          ...OrderRow
        }
      }
    }
  }
`),wt=e(`
  query OrdersAround {
    exportCounts {
      ...Counts
    }
    exportSettings {
      revision
      register {
        id
        name
      }
      issues {
        code
        message
        advice
      }
    }
    statusTypes {
      id
      name
      retired
    }
  }
`),Tt=e(`
  subscription ExportsNow {
    orderExportChanged {
      sequence
      order {
        id
        exportState
      }
    }
  }
`),Et=e(`
  mutation ExportOrders($input: ExportOrdersInput!) {
    exportOrders(input: $input) {
      results {
        order {
          ...OrderRow
        }
        userErrors {
          code
          message
          field
        }
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),Dt=e(`
  mutation RetryExports($input: RetryExportsInput!) {
    retryExports(input: $input) {
      results {
        order {
          ...OrderRow
        }
        userErrors {
          code
          message
          field
        }
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),Ot=e(`
  mutation MarkRefundsDone($input: MarkRefundsDoneInput!) {
    markRefundsDone(input: $input) {
      results {
        order {
          ...OrderRow
        }
        userErrors {
          code
          message
          field
        }
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),kt=e(`
  mutation ChangeStatus($input: ChangeOrderStatusInput!) {
    changeOrderStatus(input: $input) {
      results {
        order {
          ...OrderRow
        }
        userErrors {
          code
          message
          field
        }
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`);function At(e){let t=Math.max(0,...e.map(e=>e.split(`.`)[1]?.length??0)),n=e.reduce((e,n)=>e+jt(n,t),0n),r=n<0n?`-`:``,i=(n<0n?-n:n).toString().padStart(t+1,`0`);return t===0?r+i:`${r}${i.slice(0,-t)}.${i.slice(-t)}`}function jt(e,t){let[n=`0`,r=``]=e.replace(`-`,``).split(`.`),i=BigInt(n+r.padEnd(t,`0`));return e.startsWith(`-`)?-i:i}var Mt=e=>e.startsWith(`-`)?e.slice(1):`-${e}`;function Nt(e){return/[1-9]/.test(e)?e.startsWith(`-`)?-1:1:0}function Pt(e,t=2){let[n=`0`,r=``]=e.split(`.`),i=r.replace(/0+$/,``).padEnd(t,`0`);return i?`${n}.${i}`:n}function Ft(e,t=2){let n=e.trim().replace(`,`,`.`);return RegExp(`^\\d{1,10}(\\.\\d{1,${t}})?$`).test(n)?n:void 0}export{Ue as A,ut as C,Qe as D,tt as E,J as F,q as I,Le as M,X as N,Ye as O,Y as P,Q as S,it as T,xt as _,At as a,gt as b,Tt as c,Ct as d,Dt as f,$ as g,vt as h,Nt as i,Be as j,Ke as k,Ot as l,bt as m,Ft as n,kt as o,yt as p,Pt as r,Et as s,Mt as t,wt as u,St as v,st as w,ht as x,_t as y};