using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Jobs;

/// <summary>Reads how files are uploaded: the operation that begins it, where the content goes, and what requests refer to the file by.</summary>
internal sealed class UploadReader(JobsContext context, RequestReader requests)
{
    private const string Put = "PUT";
    private const string Post = "POST";

    private static readonly string[] _members =
    [
        "operation", "parameters", "body", "address", "method", "fields", "headers", "file", "reference", "id", "expiresAt", "expiresAfterHours", "maxBytes",
    ];

    /// <summary>Reads the upload.</summary>
    /// <param name="root">The declaration.</param>
    /// <param name="description">What is known so far.</param>
    public JobsDescription Read(DeclarationSection root, JobsDescription description)
    {
        var section = new DeclarationSection(root["upload"], "an upload", context.Problems, _members);
        if (!section.Exists || context.Operation(section, "operation", isRequired: true) is not { } operation)
            return description;
        if (operation.Method != Post)
        {
            section.Report("operation", "a POST, as operations that begin an upload are");
            return description;
        }
        if (requests.Read(section, operation, RequestReader.File) is not { } request)
            return description;
        var isDirect = !section["address"].Exists;
        var body = context.Document.BodyOf(operation, isDirect ? BodyFormat.Multipart : BodyFormat.Json);
        var isOther = body is null && context.Document.BodyOf(operation, out _) is not null;
        if (isDirect)
            ReportDirect(section, operation, body, isOther);
        else
            ReportTransfer(section, operation, isOther);
        var members = Members(section, operation, body, isDirect);
        return description with
        {
            Upload = new(
                request, members, Fields(section, operation), isDirect, PartOf(section, isDirect), MaxBytes(section), section.Number("expiresAfterHours"))
            {
                HasFieldsInText = IsText(section, operation, "fields"),
                HasHeadersInText = IsText(section, operation, "headers"),
                ReferenceScheme = Scheme(section, operation),
            },
        };
    }

    private EquatableArray<FieldPointer> Fields(DeclarationSection section, JobsOperation operation)
    {
        var response = context.Document.ResponseOf(operation);
        var fields = new List<FieldPointer>();
        context.AddField(fields, section, "address", JobField.Address, response, "string");
        context.AddField(fields, section, "fields", JobField.Fields, response, "object", "string");
        context.AddField(fields, section, "headers", JobField.Headers, response, "object", "string");
        if (section.Text("reference", isRequired: true) is not null)
            context.AddField(fields, section, "reference", JobField.Reference, response, "string");
        context.AddField(fields, section, "id", JobField.Id, response, "string");
        context.AddField(fields, section, "expiresAt", JobField.ExpiresAt, response, "string", "integer", "number");
        return fields.ToEquatableArray();
    }

    private bool IsText(DeclarationSection section, JobsOperation operation, string member) =>
        Schemas(section, operation, member).SelectMany(SchemaPaths.TypesOf).Contains("string");

    /// <summary>The scheme at the beginning of a pattern, as in <c>^runway://.+</c>.</summary>
    private string? Scheme(DeclarationSection section, JobsOperation operation)
    {
        foreach (var schema in Schemas(section, operation, "reference"))
        {
            var pattern = (schema.Node["pattern"].String ?? "").Replace("\\/", "/");
            var end = pattern.IndexOf("://", StringComparison.Ordinal);
            if (end > 1 && pattern[0] == '^' && pattern.Substring(1, end - 1).All(char.IsLetterOrDigit))
                return pattern.Substring(1, end - 1);
        }
        return null;
    }

    private List<JsonLocation> Schemas(DeclarationSection section, JobsOperation operation, string member) =>
        section[member].Node.String is { } pointer && context.Document.ResponseOf(operation) is { } response ? context.Paths.Find(response, pointer) : [];

    /// <summary>The operation takes the file itself, in a form.</summary>
    private void ReportDirect(DeclarationSection section, JobsOperation operation, JsonLocation? body, bool isOther)
    {
        foreach (var member in new[] { "method", "fields", "headers" })
        {
            if (section[member].Exists)
                section.Report(member, "absent without 'address', because the operation takes the file itself");
        }
        if (isOther)
            section.Report(
                "operation", "one that takes a form with parts (multipart/form-data); where it responds with an address for the file, name that in 'address'");
        if (section.Text("file", isRequired: true) is { } file && body is { } schema)
            Verify(section.PointerOf("file"), file, schema, operation);
    }

    /// <summary>The operation responds with an address for the content.</summary>
    private static void ReportTransfer(DeclarationSection section, JobsOperation operation, bool isOther)
    {
        if (isOther)
            section.Report("operation", $"one that takes JSON, which {operation.Name} does not");
        var method = section.Text("method");
        if (method is not (null or Put or Post))
            section.Report("method", $"\"{Put}\", or \"{Post}\" for a form with the file");
        var isForm = method == Post;
        foreach (var member in isForm ? ["headers"] : new[] { "fields", "file" })
        {
            if (section[member].Exists)
                section.Report(member, isForm ? $"absent: a form has 'fields'" : $"absent unless 'method' is \"{Post}\": only a form has it");
        }
    }

    private static string? PartOf(DeclarationSection section, bool isDirect) =>
        isDirect || section["method"].Node.String == Post ? section.Text("file") ?? "file" : null;

    private static long? MaxBytes(DeclarationSection section)
    {
        if (section.Number("maxBytes") is not { } number)
            return null;
        if (number >= 1 && number <= long.MaxValue && decimal.Truncate(number) == number)
            return (long)number;
        section.Report("maxBytes", "a whole number of bytes");
        return null;
    }

    private EquatableArray<UploadMember> Members(DeclarationSection section, JobsOperation operation, JsonLocation? body, bool isDirect)
    {
        var members = new List<UploadMember>();
        foreach (var at in section.Members("body"))
        {
            var found = body is { } schema ? Verify(at.Pointer, at.Node.Name, schema, operation) : [];
            if (found is not null && MemberOf(at, found, isDirect) is { } member)
                members.Add(member);
        }
        foreach (var name in body is { } whole ? context.Paths.Wholes(whole).SelectMany(Required).Distinct() : [])
        {
            if (members.TrueForAll(member => member.Name != name) && !(isDirect && name == section["file"].Node.String))
                section.Report("body", $"an object with '{name}', which {operation.Name} requires");
        }
        return members.ToEquatableArray();
    }

    private UploadMember? MemberOf(JsonLocation at, List<JsonLocation> schemas, bool isDirect)
    {
        var name = at.Node.Name;
        var types = schemas.SelectMany(SchemaPaths.TypesOf).Distinct().ToList();
        if (at.Node.String is not { } text)
        {
            if (at.Node.IsBoolean || at.Node.IsNumber)
                return new(name, PartKind.Text, at.Node.Raw, IsJson: true);
            context.Problems.Add(JobsProblems.BadMember.AtPointer(at.Pointer, name, "a text, a number or a boolean"));
            return null;
        }
        if (requests.Part(text, at.Pointer, null, RequestReader.File) is not { } part)
            return null;
        if (part.Kind == PartKind.Text)
        {
            var values = schemas.SelectMany(SchemaPaths.ValuesOf).Select(value => value.Node.String).ToList();
            if (values.Count > 0 && !values.Contains(text))
                context.Problems.Add(JobsProblems.BadMember.AtPointer(at.Pointer, text, "one of " + string.Join(", ", values)));
            return new(name, PartKind.Text, text, IsJson: false);
        }
        var isNumber = part.Kind == PartKind.FileSize && !isDirect && (types.Count == 0 || types.Contains("integer") || types.Contains("number"));
        if (!isNumber && types.Count > 0 && !types.Contains("string"))
        {
            context.Problems.Add(JobsProblems.WrongType.AtPointer(
                at.Pointer, "/" + JsonPointer.Escape(name), "of type " + string.Join(" or ", types), part.Kind == PartKind.FileSize ? "a number" : "a string"));
            return null;
        }
        return new(name, part.Kind, "", IsJson: isNumber);
    }

    /// <summary>The schemas of a member of the body; null, and a problem, where it has none.</summary>
    private List<JsonLocation>? Verify(string at, string name, JsonLocation body, JobsOperation operation)
    {
        var pointer = "/" + JsonPointer.Escape(name);
        var found = context.Paths.Find(body, pointer);
        if (found.Count > 0)
            return found;
        context.Problems.Add(JobsProblems.UnknownPointer.AtPointer(at, pointer, "The body of " + operation.Name, ""));
        return null;
    }

    private static IEnumerable<string> Required(JsonLocation schema)
    {
        foreach (var name in schema.Node["required"].IsArray ? schema.Node["required"] : default)
        {
            if (name.String is { } text)
                yield return text;
        }
    }
}
