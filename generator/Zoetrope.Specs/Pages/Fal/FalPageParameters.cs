using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;
using Zoetrope.Specs.OpenApi;

namespace Zoetrope.Specs.Pages.Fal;

/// <summary>Reads the lists of parameters and of output members of fal's pages.</summary>
internal sealed class FalPageParameters(PageLines lines, List<SpecProblem> problems, PageLocations places, CancellationToken cancellationToken)
{
    /// <summary>How the line of a parameter begins: <c>- **`name`** (`type`, _required_):</c>.</summary>
    public const string Opening = "- **`";

    private const string DefaultSentence = "Default value: `";

    private readonly string _text = lines.Text;

    /// <summary>Reads the parameters between two lines. Their list ends where the examples begin.</summary>
    public EquatableArray<SchemaProperty> Read(int from, int to, string pointer)
    {
        var found = new List<SchemaProperty>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var line = from; line < to && !IsExample(line);)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (lines.StartsWith(line, Opening))
            {
                var end = EndOfParameter(line, to);
                if (ReadParameter(line, end, pointer) is { } property)
                {
                    if (names.Add(property.Name))
                        found.Add(property);
                    else
                        problems.Add(Problems.DescribedTwice.At(Range(line), property.Name));
                }
                line = end;
                continue;
            }
            if (!lines.IsBlank(line) && IsDangling(line))
            {
                problems.Add(Problems.PageDangling.At(Range(line)));
                while (line + 1 < to && !lines.StartsWith(line + 1, Opening) && lines[line + 1].End > lines[line + 1].Start)
                    line++;
            }
            line++;
        }
        return found.ToEquatableArray();
    }

    /// <summary>
    /// Whether a line can only belong to a parameter, although there is none: it is indented, or it is a bullet. A parameter ends at an empty
    /// line; the empty lines inside a description carry its indentation.
    /// </summary>
    private bool IsDangling(int line) => lines.StartsWith(line, "  ") || lines.StartsWith(line, "- ");

    /// <summary>Whether the examples begin here: where the next heading is missing, what follows them belongs to another list.</summary>
    private bool IsExample(int line) =>
        lines.StartsWith(line, "**") && lines.TextOf(line).IndexOf("Example", StringComparison.Ordinal) >= 0;

    private int EndOfParameter(int line, int to)
    {
        var end = line + 1;
        while (end < to && lines[end].End > lines[end].Start && !lines.StartsWith(end, Opening) && !lines.StartsWith(end, "**"))
            end++;
        return end;
    }

    private SchemaProperty? ReadParameter(int line, int end, string parent)
    {
        var (start, lineEnd) = (lines[line].Start + Opening.Length, lines[line].End);
        var nameEnd = PageText.Find(_text, "`**", start, lineEnd);
        if (nameEnd <= start)
        {
            problems.Add(Problems.PageBadParameter.At(Range(line), lines.TextOf(line).Trim(), "its name must be between '- **`' and '`**'"));
            return null;
        }
        var name = _text.Substring(start, nameEnd - start);
        var pointer = JsonPointer.Append(parent, name);
        places.Add(pointer, start, nameEnd - start);

        var required = PageText.Find(_text, "_required_", nameEnd, lineEnd) >= 0;
        if (!required && PageText.Find(_text, "_optional_", nameEnd, lineEnd) < 0)
            problems.Add(Problems.PageBadParameter.At(Range(line), name, "it must say '_required_' or '_optional_'"));

        var details = ReadDetails(line + 1, end, name, pointer);
        var schema = ReadType(nameEnd + 3, lineEnd, name, pointer, details);
        return new(name, details.Apply(schema), required);
    }

    private Schema ReadType(int start, int end, string name, string pointer, Details details)
    {
        var open = PageText.Find(_text, "(`", start, end);
        var close = open < 0 ? -1 : PageText.Find(_text, "`", open + 2, end);
        if (close < 0)
        {
            problems.Add(Problems.PageBadParameter.At(start, Math.Max(0, end - start), name, "its type must be in '(`type`, …)'"));
            return new Schema { Pointer = pointer };
        }
        var type = _text.Substring(open + 2, close - open - 2);
        places.Add(pointer + "/type", open + 2, type.Length);
        if (details.Options.Count == 0 && type.Length > 4 && type.EndsWith("Enum", StringComparison.Ordinal) && type.IndexOf(' ') < 0)
            problems.Add(Problems.PageOptionsMissing.At(open + 2, type.Length, name, type));
        if (new FalPageTypes(type, details.Options).Read(pointer) is { } schema)
            return schema;
        problems.Add(Problems.PageUnknownType.At(open + 2, type.Length, name, type));
        return new Schema { Pointer = pointer };
    }

    private Details ReadDetails(int from, int to, string name, string pointer)
    {
        var details = new Details();
        var prose = new List<string>();
        var (first, last) = (-1, -1);
        for (var line = from; line < to; line++)
        {
            var start = PageText.SkipSpace(_text, lines[line].Start, lines[line].End);
            if (!lines[line].InFence && PageText.At(_text, start, "- ") && ReadBullet(line, start + 2, name, pointer, details))
                continue;
            if (start < lines[line].End)
                (first, last) = (first < 0 ? start : first, lines[line].End);
            var indent = Math.Min(lines[line].Start + 2, start);
            prose.Add(_text.Substring(indent, lines[line].End - indent).TrimEnd());
        }
        if (first >= 0)
            places.Add(pointer + "/description", first, last - first);
        details.Description = WithoutDefault(string.Join("\n", prose).Trim(), details);
        return details;
    }

    private bool ReadBullet(int line, int start, string name, string pointer, Details details)
    {
        var end = lines[line].End;
        if (PageText.At(_text, start, "Default: "))
            details.Default = ReadQuoted(start + 9, end, "default", name, pointer);
        else if (PageText.At(_text, start, "Range: `"))
            ReadRange(start + 7, end, name, pointer, details);
        else if (PageText.At(_text, start, "Options: "))
            details.Options.AddRange(ReadValues(start + 9, end, "options", name, pointer + "/enum"));
        else if (PageText.At(_text, start, "Examples: "))
            details.Examples.AddRange(ReadValues(start + 10, end, "examples", name, pointer + "/examples"));
        // These two only repeat the type.
        else if (!PageText.At(_text, start, "Array of ") && !PageText.At(_text, start, "One of: "))
            return false;
        return true;
    }

    private JsonLiteral? ReadQuoted(int start, int end, string what, string name, string pointer)
    {
        var values = ReadValues(start, end, what, name, pointer + "/" + what);
        return values.Count == 1 ? values[0] : null;
    }

    /// <summary>Reads JSON values between commas, each as it is or in back-ticks.</summary>
    private List<JsonLiteral> ReadValues(int start, int end, string what, string name, string pointer)
    {
        var values = new List<JsonLiteral>();
        var place = PageText.SkipSpace(_text, start, end);
        places.Add(pointer, place, Math.Max(0, end - place));
        while (place < end)
        {
            var quoted = _text[place] == '`';
            var tree = JsonTree.ParseValue(_text, quoted ? place + 1 : place, end);
            var after = PageText.SkipSpace(_text, tree.End, end);
            var closed = !quoted || (after < end && _text[after] == '`');
            if (quoted && closed)
                after = PageText.SkipSpace(_text, after + 1, end);
            if (!tree.IsValid || !closed || (after < end && _text[after] != ','))
            {
                problems.Add(Problems.PageBadValue.At(place, end - place, what, name));
                break;
            }
            values.Add(tree.Root.ToLiteral());
            place = PageText.SkipSpace(_text, after + 1, end);
        }
        return values;
    }

    private void ReadRange(int start, int end, string name, string pointer, Details details)
    {
        var separator = PageText.Find(_text, "` to `", start, end);
        var last = end > start ? _text.LastIndexOf('`', end - 1, end - start) : -1;
        if (separator < 0 || last < separator + 6)
        {
            problems.Add(Problems.PageBadValue.At(start, end - start, "range", name));
            return;
        }
        details.Minimum = ReadLimit(start + 1, separator, name, pointer + "/minimum");
        details.Maximum = ReadLimit(separator + 6, last, name, pointer + "/maximum");
    }

    private string? ReadLimit(int start, int end, string name, string pointer)
    {
        places.Add(pointer, start, end - start);
        var spelling = _text.Substring(start, end - start).Trim();
        if (JsonLiterals.TryParse(spelling) is { Kind: JsonKind.Number })
            return spelling;
        problems.Add(Problems.PageBadValue.At(start, end - start, "range", name));
        return null;
    }

    /// <summary>Takes the sentence that only repeats the default off the end of a description; where nothing else gives the default, it does.</summary>
    private static string? WithoutDefault(string prose, Details details)
    {
        var place = prose.EndsWith("`", StringComparison.Ordinal) ? prose.LastIndexOf(DefaultSentence, StringComparison.Ordinal) : -1;
        // A page that is cut off after the sentence's first mark ends in that mark too.
        if (place < 0 || place + DefaultSentence.Length == prose.Length)
            return PageText.NullIfEmpty(prose);
        var spelling = prose.Substring(place + DefaultSentence.Length, prose.Length - place - DefaultSentence.Length - 1);
        details.Default ??= JsonLiterals.TryParse(spelling);
        return PageText.NullIfEmpty(prose.Substring(0, place).TrimEnd());
    }

    private TextRange Range(int line) => new(lines[line].Start, lines[line].End - lines[line].Start);

    /// <summary>What is below the line of a parameter.</summary>
    private sealed class Details
    {
        public string? Description { get; set; }

        public JsonLiteral? Default { get; set; }

        public string? Minimum { get; set; }

        public string? Maximum { get; set; }

        public List<JsonLiteral> Options { get; } = [];

        public List<JsonLiteral> Examples { get; } = [];

        public Schema Apply(Schema schema)
        {
            // Options of a type that is not an enum still are the only values.
            var isEnum = Options.Count > 0 && schema.AnyOf.Count == 0 && schema.Items is null && schema.Enum.Count == 0;
            return SchemaValues.Fit(schema with
            {
                Description = Description,
                Default = Default,
                Minimum = Minimum,
                Maximum = Maximum,
                Examples = Examples.ToEquatableArray(),
                Types = isEnum && Options.Exists(IsNull) ? schema.Types | SchemaTypes.Null : schema.Types,
                Enum = isEnum ? Options.Where(option => !IsNull(option)).ToEquatableArray() : schema.Enum,
            }, out _);
        }

        private static bool IsNull(JsonLiteral value) => value.Kind == JsonKind.Null;
    }
}
