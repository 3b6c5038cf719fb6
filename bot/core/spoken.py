"""In which language to reply: chosen, else as asked, else that of Telegram, else German."""

from bot.core.chat import Chat
from bot.core.knowledge import Knowledge
from bot.core.language import Languages, Script, script_of
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
        """Return the language for replies to buttons: chosen, last guessed, Telegram's, German."""
        return chat.language or chat.spoken or self.of_interface(chat) or DEFAULT

    def of_interface(self, chat: Chat) -> LanguageCode:
        """Return the language of the person's Telegram if we speak it, else nothing."""
        return chat.interface if chat.interface in self._scripts else ""

    def reply_language(self, chat: Chat, text: str) -> tuple[LanguageCode, bool]:
        """Return the language for a reply to `text` and whether it was guessed from it.

        A guess counts where the text has three or more words and is clear, or where it is in
        another script than Telegram's language. Latin letters alone prove nothing: German office
        words are typed by everybody.
        """
        if chat.language:
            return chat.language, False
        usual = self.of_interface(chat) or DEFAULT
        guess = self._languages.guess(text)
        if guess.script is Script.OTHER:  # no language of ours
            return usual, False
        if guess.clear and guess.language in self._scripts:
            return guess.language, guess.language != usual
        if guess.script in (None, Script.LATIN, self._scripts[usual]):
            return usual, False
        return self._of_script(chat, text, guess.script), True

    def _of_script(self, chat: Chat, text: str, script: Script) -> LanguageCode:
        """Return the language of a script for a text that is too short to tell."""
        if self._scripts.get(chat.spoken) is script:
            return chat.spoken
        own = self._languages.by_letters(text)
        if own:
            return own
        return next(code for code, known in self._scripts.items() if known is script)
