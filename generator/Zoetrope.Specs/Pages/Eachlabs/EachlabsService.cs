using System.Globalization;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Pages.Eachlabs;

/// <summary>Reads what an Eachlabs page says about the service around the model: statuses, webhook, errors, limits and usage notes.</summary>
internal sealed class EachlabsService(string text, EachlabsSections sections, EachlabsExamples examples)
{
    private readonly List<string> _notes = [];

    /// <summary>Reads these facts; what the page does not hold stays unset.</summary>
    public ServiceFacts Read()
    {
        if (sections.Find(EachlabsSections.Notes) is { } notes)
            ReadNotes(notes);
        var webhook = sections.Find(EachlabsSections.Webhook);
        var webhookExample = examples.ReadFence(webhook);
        var errors = sections.Find(EachlabsSections.Errors);
        return new ServiceFacts
        {
            BaseUrl = BaseUrl(),
            AuthHeader = AuthHeader(),
            Statuses = Table(sections.Find(EachlabsSections.Polling), "Status"),
            WebhookExample = webhookExample.Exists ? webhookExample.ToLiteral() : null,
            WebhookStatuses = WebhookStatuses(webhook),
            WebhookSeconds = webhook is { } hook ? NumberBefore(" seconds", hook.Start, hook.End) : null,
            ErrorExample = ErrorExample(errors),
            Errors = Table(errors, "Code"),
            CreatesPerMinute = errors is { } limits && NumberBefore(" creates / min", limits.Start, limits.End) is { } creates ? creates : null,
            ConcurrentJobs = errors is { } more ? NumberBefore(" concurrent", more.Start, more.End) : null,
            RefusesDataUris = Refuses("data-uri") || Refuses("data uri"),
            RefusesLocalUrls = Refuses("localhost"),
            RequiresHttps = Says("https urls only"),
            Notes = _notes.ToEquatableArray(),
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

    private string? BaseUrl()
    {
        foreach (var note in _notes)
        {
            if (note.StartsWith("API Base URL:", StringComparison.Ordinal) && Quoted(note, 0) is { } url)
                return url;
        }
        // Elsewhere the addresses of the calls begin with it.
        const string Call = "/prediction";
        const int Longest = 100;
        for (var start = PageText.Find(text, "https://api.", 0, text.Length); start >= 0; start = PageText.Find(text, "https://api.", start + 1, text.Length))
        {
            var end = start;
            while (end < text.Length && end - start < Longest && !char.IsWhiteSpace(text[end]) && !PageText.At(text, end, Call))
                end++;
            if (PageText.At(text, end, Call))
                return text.Substring(start, end - start);
        }
        return null;
    }

    private string? AuthHeader()
    {
        foreach (var note in _notes)
        {
            if (note.StartsWith("Authentication:", StringComparison.Ordinal) && Quoted(note, 0) is { } header && header.IndexOf(':') is var colon and > 0)
                return header.Substring(0, colon);
        }
        const string Key = ": YOUR_API_KEY";
        var place = PageText.Find(text, Key, 0, text.Length);
        var start = place;
        while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] == '-'))
            start--;
        return place < 0 ? null : PageText.NullIfEmpty(text.Substring(start, place - start));
    }

    private EquatableArray<NamedText> Table(EachlabsSection? section, string firstHead)
    {
        if (section is not { } found || PageTable.Find(text, found.Start, found.End, head => head == firstHead) is not { HasHeader: true } table)
            return default;
        var rows = new List<NamedText>();
        foreach (var row in table.Rows(2, _ => { }))
        {
            if (row.Cells.Length == 2 && row.Cells[1].Closed)
                rows.Add(new(table.TextOf(row.Cells[0]).Trim('`'), table.TextOf(row.Cells[1])));
        }
        return rows.ToEquatableArray();
    }

    private EquatableArray<string> WebhookStatuses(EachlabsSection? section)
    {
        const string Sentence = "`status` is ";
        if (section is not { } found || PageText.Find(text, Sentence, found.Start, found.End) is not (var start and >= 0))
            return default;
        var end = PageText.Find(text, ".", start, found.End);
        var words = new List<string>();
        for (var place = start + Sentence.Length; place < end && Quoted(text, place, end) is { } word; place = text.IndexOf('`', text.IndexOf('`', place) + 1) + 1)
            words.Add(word.Trim('"'));
        return words.ToEquatableArray();
    }

    private JsonLiteral? ErrorExample(EachlabsSection? section)
    {
        if (section is not { } found || PageText.Find(text, "Error body: `{", found.Start, found.End) is not (var start and >= 0))
            return null;
        var end = PageText.Find(text, "`", start + 13, found.End);
        return end < 0 || examples.ReadValue(start + 13, end) is not { Exists: true } body ? null : body.ToLiteral();
    }

    private int? NumberBefore(string word, int start, int end)
    {
        var place = PageText.Find(text, word, start, end);
        var first = place;
        while (first > start && text[first - 1] is >= '0' and <= '9')
            first--;
        return place >= 0 && int.TryParse(text.Substring(first, place - first), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private bool Says(string words) => _notes.Exists(note => note.IndexOf(words, StringComparison.OrdinalIgnoreCase) >= 0);

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

    /// <summary>The text between the next two back-ticks, or null.</summary>
    private static string? Quoted(string text, int start) => Quoted(text, start, text.Length);

    private static string? Quoted(string text, int start, int end)
    {
        var open = PageText.Find(text, "`", start, end);
        var close = open < 0 ? -1 : PageText.Find(text, "`", open + 1, end);
        return close < 0 ? null : text.Substring(open + 1, close - open - 1);
    }
}
