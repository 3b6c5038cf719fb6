"""In which language to reply: chosen, else as asked, else that of Telegram, else German."""

from bot.core.chat import Chat
from bot.core.knowledge import Knowledge
from bot.core.language import Languages, script_of
from bot.core.model import LanguageCode

DEFAULT = "de"


class Spoken:
    """Decides the language of each reply."""

    def __init__(self, knowledge: Knowledge, languages: Languages) -> None:
        self._languages = languages
        self._scripts = {
            code: script_of(language.name) for code, language in knowledge.languages.items()
        }

    def of_chat(self, chat: Chat) -> LanguageCode:
        """Return the language in which the chat is spoken to."""
        for code in (chat.language, chat.spoken, chat.interface):
            if code in self._scripts:
                return code
        return DEFAULT

    def reply_language(self, chat: Chat, text: str) -> tuple[LanguageCode, bool]:
        """Return the language for a reply to `text` and whether it was guessed from it.

        A guess counts where the text is in another script than the chat's language, or where
        it has three or more words and is clear.
        """
        usual = self.of_chat(chat)
        guess = self._languages.guess(text)
        if chat.language in self._scripts or guess.language not in self._scripts:
            return usual, False
        assert guess.language
        if guess.language == usual:
            return usual, False
        if guess.clear or guess.script != self._scripts[usual]:
            return guess.language, True
        return usual, False
