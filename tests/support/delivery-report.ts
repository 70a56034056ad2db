/**
 * A delivery report (RFC 3464) as Postfix writes one: what was sent to `recipient` under the Message-ID `letter` (with its
 * brackets) will never arrive. It is addressed to `to`, the sender of that letter.
 */
export const deliveryReport = (recipient: string, to: string, letter: string) => [
  'From: Mail Delivery System <mailer-daemon@mx.provider.example>', `To: ${to}`, 'Subject: Undelivered Mail Returned to Sender', 'Auto-Submitted: auto-replied',
  `Message-ID: <report-${recipient}>`, 'MIME-Version: 1.0', 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"', '',
  '--b', 'Content-Type: text/plain', '', 'I am sorry.', '',
  '--b', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.provider.example', '', `Final-Recipient: rfc822; ${recipient}`, 'Action: failed', 'Status: 5.1.1',
  `Diagnostic-Code: smtp; 550 5.1.1 <${recipient}>: User unknown`, '',
  '--b', 'Content-Type: text/rfc822-headers', '', `Message-ID: ${letter}`, `To: ${recipient}`, '', '--b--', '',
].join('\r\n')

/** The same as it is handed in, to where the envelope of a letter came from. */
export const failureOf = ({ sender, recipients: [recipient], messageId }: { sender: string; recipients: string[]; messageId?: string }) =>
  ({ from: '', to: sender, raw: Buffer.from(deliveryReport(recipient, sender, messageId ?? '')) })
