import{f as e,m as t,o as n}from"./Button-DTpzbii0.js";import{S as r,r as i}from"./Panel-BSITHXaU.js";import{n as a,t as o}from"./blk_refunded-EvUUf3BC.js";import{t as s}from"./setup_go_connect-Cl63hnz0.js";import{k as ee}from"./index-D06LnNsL.js";var c=()=>`Balance due`,l=()=>`Saldo pendiente`,te=((e={},t={})=>(t.locale??n())===`es`?l(e):c(e)),ne=()=>`Cancelled`,re=()=>`Cancelado`,u=((e={},t={})=>(t.locale??n())===`es`?re(e):ne(e)),ie=()=>`Not connected`,ae=()=>`Sin conexión`,oe=((e={},t={})=>(t.locale??n())===`es`?ae(e):ie(e)),se=()=>`Customer needed`,ce=()=>`Falta el cliente`,le=((e={},t={})=>(t.locale??n())===`es`?ce(e):se(e)),d=()=>`Employee`,f=()=>`Empleado`,p=((e={},t={})=>(t.locale??n())===`es`?f(e):d(e)),m=()=>`Fraction of a unit`,h=()=>`Fracción de unidad`,g=((e={},t={})=>(t.locale??n())===`es`?h(e):m(e)),_=()=>`Amount too large`,v=()=>`Importe demasiado grande`,y=((e={},t={})=>(t.locale??n())===`es`?v(e):_(e)),b=()=>`Too many lines`,x=()=>`Demasiadas líneas`,S=((e={},t={})=>(t.locale??n())===`es`?x(e):b(e)),C=()=>`Totals differ`,w=()=>`Los totales difieren`,T=((e={},t={})=>(t.locale??n())===`es`?w(e):C(e)),E=()=>`Total below zero`,D=()=>`Total negativo`,O=((e={},t={})=>(t.locale??n())===`es`?D(e):E(e)),k=()=>`No lines`,A=()=>`Sin líneas`,j=((e={},t={})=>(t.locale??n())===`es`?A(e):k(e)),M=()=>`Payment not captured`,N=()=>`Pago sin cobrar`,P=((e={},t={})=>(t.locale??n())===`es`?N(e):M(e)),F=()=>`Exporting is off`,I=()=>`Exportación desactivada`,L=((e={},t={})=>(t.locale??n())===`es`?I(e):F(e)),R=()=>`Payment type archived`,z=()=>`Tipo de pago archivado`,B=((e={},t={})=>(t.locale??n())===`es`?z(e):R(e)),V=()=>`Lightspeed refuses sales`,H=()=>`Lightspeed rechaza ventas`,U=((e={},t={})=>(t.locale??n())===`es`?H(e):V(e)),W=()=>`Refused by Lightspeed`,ue=()=>`Rechazado por Lightspeed`,de=((e={},t={})=>(t.locale??n())===`es`?ue(e):W(e)),fe=()=>`Register`,pe=()=>`Caja`,G=((e={},t={})=>(t.locale??n())===`es`?pe(e):fe(e)),me=()=>`Set-up not complete`,he=()=>`Configuración incompleta`,ge=((e={},t={})=>(t.locale??n())===`es`?he(e):me(e)),_e=()=>`Sign-in needed`,ve=()=>`Falta iniciar sesión`,ye=((e={},t={})=>(t.locale??n())===`es`?ve(e):_e(e)),be=()=>`Not linked`,xe=()=>`Sin vincular`,K=((e={},t={})=>(t.locale??n())===`es`?xe(e):be(e)),Se=()=>`Held back`,Ce=()=>`Retenido`,q=((e={},t={})=>(t.locale??n())===`es`?Ce(e):Se(e)),we=()=>`Exported`,Te=()=>`Exportado`,J=((e={},t={})=>(t.locale??n())===`es`?Te(e):we(e)),Ee=()=>`Failed`,De=()=>`Fallido`,Y=((e={},t={})=>(t.locale??n())===`es`?De(e):Ee(e)),Oe=()=>`In the queue`,ke=()=>`En la cola`,Ae=((e={},t={})=>(t.locale??n())===`es`?ke(e):Oe(e)),je=()=>`To export`,Me=()=>`Por exportar`,Ne=((e={},t={})=>(t.locale??n())===`es`?Me(e):je(e)),Pe=()=>`Being sent`,Fe=()=>`Enviándose`,Ie=((e={},t={})=>(t.locale??n())===`es`?Fe(e):Pe(e)),Le=()=>`Checking with Lightspeed`,Re=()=>`Comprobando con Lightspeed`,ze=((e={},t={})=>(t.locale??n())===`es`?Re(e):Le(e)),Be=e=>`about ${e?.time}`,Ve=e=>`unos ${e?.time}`,He=((e,t={})=>(t.locale??n())===`es`?Ve(e):Be(e)),Ue=()=>`Customer`,We=()=>`Cliente`,Ge=((e={},t={})=>(t.locale??n())===`es`?We(e):Ue(e)),Ke=()=>`Handed over`,qe=()=>`Entregado`,Je=((e={},t={})=>(t.locale??n())===`es`?qe(e):Ke(e)),Ye=()=>`No name`,Xe=()=>`Sin nombre`,Ze=((e={},t={})=>(t.locale??n())===`es`?Xe(e):Ye(e)),Qe=e=>`Number ${e?.n} in the queue`,$e=e=>`Número ${e?.n} en la cola`,et=((e,t={})=>(t.locale??n())===`es`?$e(e):Qe(e)),tt=()=>`Refund to do`,nt=()=>`Reembolso pendiente`,rt=((e={},t={})=>(t.locale??n())===`es`?nt(e):tt(e)),it=e=>`Sale ${e?.id}`,at=e=>`Venta ${e?.id}`,ot=((e,t={})=>(t.locale??n())===`es`?at(e):it(e)),st=()=>`Ship to customer`,ct=()=>`Envío al cliente`,lt=((e={},t={})=>(t.locale??n())===`es`?ct(e):st(e)),ut=()=>`Status`,dt=()=>`Estado`,ft=((e={},t={})=>(t.locale??n())===`es`?dt(e):ut(e)),pt=()=>`Total`,mt=()=>`Total`,ht=((e={},t={})=>(t.locale??n())===`es`?mt(e):pt(e)),gt=()=>`Export settings`,_t=()=>`Ajustes de exportación`,X=((e={},t={})=>(t.locale??n())===`es`?_t(e):gt(e)),vt=()=>`Mark as done`,yt=()=>`Marcar como hecho`,bt=((e={},t={})=>(t.locale??n())===`es`?yt(e):vt(e)),xt=e=>`By ${e?.who}`,St=e=>`Por ${e?.who}`,Ct=((e,t={})=>(t.locale??n())===`es`?St(e):xt(e));function wt(e){return[e.firstName,e.lastName].filter(Boolean).join(` `)||e.company||e.email}function Tt(){let e=crypto.getRandomValues(new Uint8Array(16));return Array.from(e,e=>e.toString(16).padStart(2,`0`)).join(``)}var Et={CANCELLED:u,NO_LINES:j,BALANCE_DUE:te,OVERPAID:a,PAYMENT_NOT_CAPTURED:P,NEGATIVE_TOTAL:O,UNLINKED_PRODUCT:K,FRACTIONAL_QUANTITY:g,TOO_MANY_LINES:S,REFUNDED:o,AMOUNT_TOO_LARGE:y,TOTAL_MISMATCH:T,EXPORT_OFF:L,SETUP_INCOMPLETE:ge,NO_EMPLOYEE:p,EMPLOYEE_GONE:p,EMPLOYEE_LOCKED:p,NO_REGISTER:G,REGISTER_GONE:G,EMPLOYEE_IN_OTHER_SHOP:p,PAYMENT_TYPE_ARCHIVED:B,CUSTOMER_REQUIRED:le,ORDER_REFUSED:de,POS_REFUSED:U,POS_FORBIDDEN:U,POS_SIGN_IN:ye,NOT_CONNECTED:oe},Dt={PAYMENT_NOT_CAPTURED:`card`,BALANCE_DUE:`card`,OVERPAID:`card`,UNLINKED_PRODUCT:`unlinked`,REFUNDED:`undo`};function Ot(e){switch(e){case`EXPORT_OFF`:case`NO_EMPLOYEE`:case`EMPLOYEE_GONE`:case`EMPLOYEE_LOCKED`:case`NO_REGISTER`:case`REGISTER_GONE`:case`EMPLOYEE_IN_OTHER_SHOP`:case`PAYMENT_TYPE_ARCHIVED`:case`POS_REFUSED`:return`/settings/export`;case`SETUP_INCOMPLETE`:return`/status`;case`POS_FORBIDDEN`:case`POS_SIGN_IN`:case`NOT_CONNECTED`:return`/settings/lightspeed`;default:return}}function kt(e){return e===`/status`?ee():e===`/settings/lightspeed`?s():X()}var Z={QUEUED:Ae,SENDING:Ie,UNCONFIRMED:ze,EXPORTED:J,FAILED:Y,BLOCKED:q};function At(e){let t=e.export?.state;switch(t){case`EXPORTED`:return{tone:`ok`,words:J()};case`FAILED`:return{tone:`bad`,words:Y()};case`BLOCKED`:return{tone:`warn`,words:q()};case void 0:return e.cancelled?{tone:`plain`,words:u()}:e.exportBlockers.length>0?{tone:`warn`,words:q()}:{tone:`plain`,words:Ne()};default:return{tone:`busy`,words:Z[t]()}}}var Q=t(e(),1);i(`
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
`),i(`
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
`);var jt=i(`
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
`),Mt=i(`
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
      pause {
        pausedBy
        pausedAt
        reason
      }
    }
    statusTypes {
      id
      name
      retired
    }
  }
`),Nt=i(`
  subscription OrdersNow {
    ordersChanged {
      sequence
      orderIds
      truncated
    }
  }
`),$=i(`
  mutation PauseExports($reason: String!) {
    pauseExports(input: { reason: $reason }) {
      exportSettings {
        revision
        pause {
          pausedBy
          pausedAt
          reason
        }
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),Pt=i(`
  mutation ResumeExports {
    resumeExports {
      exportSettings {
        revision
        pause {
          pausedBy
          pausedAt
          reason
        }
      }
      userErrors {
        code
        message
        field
      }
    }
  }
`),Ft=i(`
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
`),It=i(`
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
`),Lt=i(`
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
`),Rt=i(`
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
`);function zt(e){let t=(0,Q.useRef)(e);t.current=e;let n=(0,Q.useRef)(void 0),i=(0,Q.useRef)(void 0),a=(0,Q.useRef)(new Set);(0,Q.useEffect)(()=>()=>clearTimeout(i.current),[]);let o=(0,Q.useCallback)((e,{ordersChanged:r})=>{let o=n.current===void 0,s=r.orderIds.length===0&&r.sequence!==n.current;if(n.current=r.sequence,o||r.orderIds.length===0&&!s)return r.sequence;if(s||r.truncated)a.current=`any`;else if(a.current!==`any`)for(let e of r.orderIds)a.current.add(e);return i.current??=setTimeout(()=>{let e=a.current;i.current=void 0,a.current=new Set,t.current(t=>e===`any`||e.has(t))},400),r.sequence},[]);r({query:Nt},o)}function Bt(e){let t=Math.max(0,...e.map(e=>e.split(`.`)[1]?.length??0)),n=e.reduce((e,n)=>e+Vt(n,t),0n),r=n<0n?`-`:``,i=(n<0n?-n:n).toString().padStart(t+1,`0`);return t===0?r+i:`${r}${i.slice(0,-t)}.${i.slice(-t)}`}function Vt(e,t){let[n=`0`,r=``]=e.replace(`-`,``).split(`.`),i=BigInt(n+r.padEnd(t,`0`));return e.startsWith(`-`)?-i:i}var Ht=e=>e.startsWith(`-`)?e.slice(1):`-${e}`;function Ut(e){return/[1-9]/.test(e)?e.startsWith(`-`)?-1:1:0}function Wt(e,t=2){let[n=`0`,r=``]=e.split(`.`),i=r.replace(/0+$/,``).padEnd(t,`0`);return i?`${n}.${i}`:n}function Gt(e,t=2){let n=e.trim().replace(`,`,`.`);return RegExp(`^\\d{1,10}(\\.\\d{1,${t}})?$`).test(n)?n:void 0}export{rt as A,Ct as C,ft as D,ht as E,He as F,Y as I,J as L,Ze as M,Je as N,lt as O,Ge as P,q as R,wt as S,X as T,Et as _,Bt as a,At as b,Ft as c,jt as d,$ as f,Ot as g,Dt as h,Ut as i,et as j,ot as k,Lt as l,It as m,Gt as n,zt as o,Pt as p,Wt as r,Rt as s,Ht as t,Mt as u,Z as v,bt as w,Tt as x,kt as y,K as z};