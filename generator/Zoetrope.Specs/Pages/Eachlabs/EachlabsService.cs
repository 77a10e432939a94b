using System.Globalization;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Pages.Eachlabs;

/// <summary>Reads what an Eachlabs page says about the limits of the service around the model.</summary>
internal sealed class EachlabsService(string text, EachlabsSections sections)
{
    private readonly List<string> _notes = [];

    /// <summary>Reads these facts; what the page does not hold stays unset.</summary>
    public ServiceFacts Read()
    {
        if (sections.Find(EachlabsSections.Notes) is { } notes)
            ReadNotes(notes);
        var errors = sections.Find(EachlabsSections.Errors);
        return new ServiceFacts
        {
            CreatesPerMinute = NumberBefore(" creates / min", errors),
            ConcurrentJobs = NumberBefore(" concurrent", errors),
            RefusesDataUris = Refuses("data-uri") || Refuses("data uri"),
            RefusesLocalUrls = Refuses("localhost"),
            RequiresHttps = Mentions("https urls only"),
        };
    }

    private void ReadNotes(EachlabsSection section)
    {
        var end = PageText.Find(text, " ## ", section.Start, section.End) is var next and >= 0 ? next : section.End;
        end = PageText.Find(text, "\n## ", section.Start, end) is var line and >= 0 ? line : end;
        var start = -1;
        for (var place = section.Start; place < end; place++)
        {
            if (!IsBullet(place, end))
                continue;
            AddNote(start, place);
            start = place + 2;
        }
        AddNote(start, end);
    }

    /// <summary>A bullet begins with a capital letter or a mark; a hyphen between words does not, also where lines are gone.</summary>
    private bool IsBullet(int place, int end) =>
        text[place] == '-' && char.IsWhiteSpace(text[place - 1]) && place + 2 < end && text[place + 1] == ' '
        && (char.IsUpper(text[place + 2]) || text[place + 2] is '`' or '*');

    private void AddNote(int start, int end)
    {
        if (start >= 0 && PageText.Collapse(text, start, end) is { Length: > 0 } note)
            _notes.Add(note);
    }

    private int? NumberBefore(string word, EachlabsSection? section)
    {
        if (section is not { } found)
            return null;
        var place = PageText.Find(text, word, found.Start, found.End);
        var first = place;
        while (first > found.Start && text[first - 1] is >= '0' and <= '9')
            first--;
        return place >= 0 && int.TryParse(text.Substring(first, place - first), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }

    private bool Mentions(string words) => _notes.Exists(note => note.IndexOf(words, StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>Whether a sentence of the notes says that something is rejected.</summary>
    private bool Refuses(string what)
    {
        foreach (var note in _notes)
        {
            foreach (var sentence in note.Split(['.'], StringSplitOptions.RemoveEmptyEntries))
            {
                if (sentence.IndexOf(what, StringComparison.OrdinalIgnoreCase) >= 0 && sentence.IndexOf("rejected", StringComparison.OrdinalIgnoreCase) >= 0)
                    return true;
            }
        }
        return false;
    }
}
