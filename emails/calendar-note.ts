import type { Say, Voice } from './say'
import type { Block } from './sheet'

/** What the attached invitation does, and what to do where a calendar does not take it by itself. */
export function inYourCalendar({ answersRead }: { answersRead: boolean }, { say }: Voice): Block[] {
  return [
    { is: 'heading', text: say('Dans votre agenda', 'In your calendar') },
    {
      is: 'text',
      text: say(
        'L’invitation est jointe à ce message : si le rendez-vous change, votre agenda changera avec lui. Si le rendez-vous n’y apparaît pas de lui-même (Gmail attend parfois votre accord), touchez « Oui » ou « Ajouter à l’agenda » en haut de ce message.',
        'The invitation is attached to this message: if the event changes, your calendar changes with it. If it does not show by itself (Gmail sometimes waits for your consent), press “Yes” or “Add to calendar” at the top of this message.',
      ),
    },
    { is: 'text', text: howToDecline(answersRead, say) },
  ]
}

/** What the attached invitation does where there is no seat yet. */
export const tentativeInCalendar = ({ say }: Voice): Block[] => [
  { is: 'heading', text: say('Dans votre agenda', 'In your calendar') },
  {
    is: 'text',
    text: say(
      'L’invitation jointe y pose le rendez-vous comme incertain, sans bloquer l’heure. Si vous avez une place, il deviendra ferme de lui-même.',
      'The attached invitation marks the event as tentative, without blocking the hour. Once you have a seat, it becomes firm by itself.',
    ),
  },
]

const howToDecline = (answersRead: boolean, say: Say) =>
  answersRead
    ? say(
        'Vous ne pouvez plus venir ? Répondez « Non » dans votre agenda : votre place ira à la personne suivante.',
        'You can no longer come? Answer “No” in your calendar: your seat goes to the next person.',
      )
    : say(
        'Les réponses de votre agenda ne nous parviennent pas : pour rendre votre place, utilisez le bouton ci-dessus.',
        'Answers from your calendar do not reach us: to give your seat back, use the button above.',
      )
