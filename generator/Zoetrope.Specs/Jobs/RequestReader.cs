using System.Globalization;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Jobs;

/// <summary>Reads the requests of a declaration: an operation, and what fills its parameters and the members of its body.</summary>
internal sealed class RequestReader(JobsContext context)
{
    private const string Job = "{job}";
    private const string ModelValue = "{model}";

    /// <summary>What fills parameters of requests that begin an upload.</summary>
    public const string File = "{file}";

    private static readonly Dictionary<string, PartKind> _ofFiles = new(StringComparer.Ordinal)
    {
        ["{name}"] = PartKind.FileName,
        ["{type}"] = PartKind.FileType,
        ["{size}"] = PartKind.FileSize,
        ["{extension}"] = PartKind.FileExtension,
        ["{kind}"] = PartKind.FileKind,
    };

    /// <summary>Reads a request about a job. The only parameter of its path is the job's id where nothing else is said.</summary>
    /// <param name="section">The object with <c>operation</c>, <c>parameters</c> and <c>body</c>.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="usual">What fills a path's only parameter where nothing is said; <see cref="File"/> for an upload, whose body is not read here.</param>
    /// <param name="pointers">The pointers into earlier responses that values may be, which get the places First and Second; null where none may.</param>
    public RequestTemplate? Read(DeclarationSection section, JobsOperation operation, string? usual, List<string>? pointers = null)
    {
        var isGet = operation.Method == "GET";
        if ((pointers is not null && !isGet) || (isGet && section["body"].Exists))
        {
            section.Report(isGet ? "body" : "operation", isGet ? "absent, because a GET has no body" : "a GET, as requests for the result are");
            return null;
        }
        var values = section.Members("parameters").ToDictionary(member => member.Node.Name, StringComparer.Ordinal);
        var parameters = context.Document.ParametersOf(operation);
        var paths = parameters.Where(parameter => parameter.IsPath).Select(parameter => parameter.Name).ToList();
        var query = new List<TemplatePart>();
        var filled = new Dictionary<string, TemplatePart>(StringComparer.Ordinal);
        foreach (var (name, isPath) in parameters)
        {
            var text = values.TryGetValue(name, out var value) ? value.Node.String : isPath && paths.Count == 1 && usual != File ? usual : null;
            if (text is null)
            {
                context.Problems.Add(JobsProblems.ParameterNotFilled.AtPointer(section.PointerOf("operation"), name, operation.Name));
                return null;
            }
            if (Part(text, values.ContainsKey(name) ? value.Pointer : section.PointerOf("operation"), pointers, usual) is not { } part)
                return null;
            filled[name] = isPath && part.Kind == PartKind.Text ? part with { Text = Uri.EscapeDataString(part.Text) } : part;
            if (!isPath)
                AddQuery(query, name, part, operation);
        }
        foreach (var value in values.Values)
        {
            if (filled.ContainsKey(value.Node.Name))
                continue;
            if (!context.Document.HasParameter(operation, "query", value.Node.Name))
            {
                context.Problems.Add(JobsProblems.UnknownMember.AtPointer(
                    value.Pointer, value.Node.Name, operation.Name, string.Join(", ", parameters.Select(parameter => parameter.Name).DefaultIfEmpty("none"))));
                return null;
            }
            if (Part(value.Node.String ?? "", value.Pointer, pointers, usual) is not { } part)
                return null;
            AddQuery(query, value.Node.Name, part, operation);
        }
        var parts = PathOf(operation, filled).Concat(query).ToList();
        var members = new List<TemplateMember>();
        foreach (var member in usual == File ? [] : section.Members("body"))
        {
            if (Part(member.Node.String ?? "", member.Pointer, pointers, usual) is not { } part)
                return null;
            members.Add(new(member.Node.Name, part));
        }
        var segments = parts.Concat(members.Select(member => member.Value)).Where(part => part.Kind == PartKind.ModelSegment).ToList();
        return new(operation.Method, Joined(parts), segments.Count == 0 ? 0 : segments.Max(part => part.Index) + 1, members.ToEquatableArray());
    }

    private static void AddQuery(List<TemplatePart> query, string name, TemplatePart value, JobsOperation operation)
    {
        query.Add(new(PartKind.Text, (query.Count == 0 && operation.Path.IndexOf('?') < 0 ? "?" : "&") + Uri.EscapeDataString(name) + "="));
        query.Add(value.Kind == PartKind.Text ? new(PartKind.Text, Uri.EscapeDataString(value.Text)) : value);
    }

    private static IEnumerable<TemplatePart> PathOf(JobsOperation operation, Dictionary<string, TemplatePart> filled)
    {
        var path = OperationDescription.AddressOf(operation.Path);
        var position = 0;
        while (position < path.Length)
        {
            var open = path.IndexOf('{', position);
            if (open < 0)
                break;
            var close = path.IndexOf('}', open);
            yield return new(PartKind.Text, path.Substring(position, open - position));
            yield return filled[path.Substring(open + 1, close - open - 1)];
            position = close + 1;
        }
        yield return new(PartKind.Text, path.Substring(position));
    }

    /// <summary>The parts with neighboring texts as one.</summary>
    private static EquatableArray<TemplatePart> Joined(List<TemplatePart> parts)
    {
        var joined = new List<TemplatePart>();
        foreach (var part in parts)
        {
            if (part is { Kind: PartKind.Text, Text.Length: 0 })
                continue;
            if (part.Kind == PartKind.Text && joined.Count > 0 && joined[joined.Count - 1].Kind == PartKind.Text)
                joined[joined.Count - 1] = new(PartKind.Text, joined[joined.Count - 1].Text + part.Text);
            else
                joined.Add(part);
        }
        return joined.ToEquatableArray();
    }

    /// <summary>A value: text, or a placeholder in braces; null for others, which are reported.</summary>
    /// <param name="text">The value.</param>
    /// <param name="at">Its location.</param>
    /// <param name="pointers">The pointers into earlier responses that values may be; null where none may.</param>
    /// <param name="usual">What fills parameters of the request.</param>
    public TemplatePart? Part(string text, string at, List<string>? pointers, string? usual)
    {
        // A text with braces is a value that is misspelled, or a part of one.
        if (text.IndexOfAny(['{', '}']) < 0)
            return text is "" or "." or ".." ? Bad() : new(PartKind.Text, text);
        if (usual == File)
            return _ofFiles.TryGetValue(text, out var kind) ? new(kind) : Bad();
        if (text == Job && usual != ModelValue)
            return new(PartKind.Job);
        if (text == ModelValue)
            return new(PartKind.Model);
        const string Segment = "{model:";
        if (text.StartsWith(Segment, StringComparison.Ordinal)
            && int.TryParse(text.Substring(Segment.Length).TrimEnd('}'), NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < 8)
            return new(PartKind.ModelSegment, "", index);
        if (text.StartsWith("{/", StringComparison.Ordinal) && text[text.Length - 1] == '}' && pointers is not null)
        {
            var pointer = text.Substring(1, text.Length - 2);
            if (!pointers.Contains(pointer) && pointers.Count < 2)
                pointers.Add(pointer);
            if (pointers.Contains(pointer))
                return new(pointers.IndexOf(pointer) == 0 ? PartKind.First : PartKind.Second);
        }
        return Bad();

        TemplatePart? Bad()
        {
            if (usual == File)
            {
                context.Problems.Add(JobsProblems.BadMember.AtPointer(at, text, "a text, or " + string.Join(", ", _ofFiles.Keys)));
                return null;
            }
            context.Problems.Add(JobsProblems.BadMember.AtPointer(at, text,
                (usual == ModelValue ? "a text, {model}, a segment" : "a text, {job}, {model}, a segment") + " of the model's id such as {model:0}"
                    + (pointers is null ? "" : ", or one of at most two values of earlier responses such as {/file_id}")));
            return null;
        }
    }
}
