import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';

type Props = {
  title: string;
  open: boolean;
  onClose(): void;
  children: ReactNode;
  acts: ReactNode;
  /** For what must be answered: it does not close by a click outside. */
  firm?: boolean;
};

/** A question over the page. React Aria keeps the focus inside and gives it back. */
export function Dialog({ title, open, onClose, children, acts, firm }: Props) {
  return (
    <ModalOverlay
      className="scrim"
      isOpen={open}
      isDismissable={!firm}
      onOpenChange={(now) => {
        if (!now) onClose();
      }}
    >
      <Modal className="modal">
        <AriaDialog className="dialog" role={firm ? 'alertdialog' : 'dialog'}>
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          {children}
          <div className="acts">{acts}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
