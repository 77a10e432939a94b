using System.Globalization;
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
        var isDirect = !Has(section, "address");
        var body = context.Document.BodyOf(operation, isDirect ? BodyFormat.Multipart : BodyFormat.Json);
        var isOther = body is null && context.Document.BodyOf(operation, out _) is not null;
        if (isDirect)
            ReportDirect(section, operation, body);
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
    private void ReportDirect(DeclarationSection section, JobsOperation operation, JsonLocation? body)
    {
        foreach (var member in new[] { "method", "fields", "headers" })
        {
            if (Has(section, member))
                section.Report(member, "absent without 'address', because the operation takes the file itself");
        }
        if (body is null)
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
            if (Has(section, member))
                section.Report(member, isForm ? $"absent: a form has 'fields'" : $"absent unless 'method' is \"{Post}\": only a form has it");
        }
    }

    /// <summary>Whether a member is there; a null counts as absent.</summary>
    private static bool Has(DeclarationSection section, string member) => section[member] is { Exists: true, Node.IsNull: false };

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
            if (isDirect && at.Node.Name == section["file"].Node.String)
            {
                context.Problems.Add(JobsProblems.Twice.AtPointer(at.Pointer, at.Node.Name, "the part with the file"));
                continue;
            }
            var found = body is { } schema ? Verify(at.Pointer, at.Node.Name, schema, operation) : [];
            if (found is not null && MemberOf(at, found) is { } member)
                members.Add(member);
        }
        foreach (var name in body is { } whole ? context.Paths.Wholes(whole).SelectMany(Required).Distinct() : [])
        {
            if (members.TrueForAll(member => member.Name != name) && !(isDirect && name == section["file"].Node.String))
                section.Report("body", $"an object with '{name}', which {operation.Name} requires");
        }
        return members.ToEquatableArray();
    }

    private UploadMember? MemberOf(JsonLocation at, List<JsonLocation> schemas)
    {
        var name = at.Node.Name;
        if (at.Node.String is not { } text)
        {
            if (at.Node.IsBoolean || at.Node.IsNumber)
                return Fits(at, schemas, TypesOf(at.Node)) ? new(name, PartKind.Text, at.Node.Raw, IsJson: true) : null;
            context.Problems.Add(JobsProblems.BadMember.AtPointer(at.Pointer, name, "a text, a number or a boolean"));
            return null;
        }
        if (requests.Part(text, at.Pointer, null, RequestReader.File) is not { } part)
            return null;
        if (part.Kind == PartKind.Text)
            return Fits(at, schemas, "string") ? new(name, PartKind.Text, text, IsJson: false) : null;
        // A size is a number where the document does not say that it is a text; in a form it is sent as one, too.
        var types = schemas.SelectMany(SchemaPaths.TypesOf).Distinct().ToList();
        var isNumber = part.Kind == PartKind.FileSize && (types.Count == 0 || types.Contains("integer") || types.Contains("number"));
        var fits = isNumber || HasType(at, types, part.Kind == PartKind.FileSize ? ["string", "number"] : ["string"]);
        return fits ? new(name, part.Kind, "", IsJson: isNumber) : null;
    }

    /// <summary>Whether a constant has a type of its schema, and one of the values that it lists; what is wrong is reported.</summary>
    private bool Fits(JsonLocation at, List<JsonLocation> schemas, params string[] types)
    {
        if (!HasType(at, schemas.SelectMany(SchemaPaths.TypesOf).Distinct().ToList(), types))
            return false;
        var values = schemas.SelectMany(SchemaPaths.ValuesOf).Select(value => value.Node).ToList();
        if (values.Count == 0 || values.Exists(value => value.Same(at.Node)))
            return true;
        var listed = values.Select(value => value.String ?? value.Raw);
        context.Problems.Add(JobsProblems.BadMember.AtPointer(at.Pointer, at.Node.String ?? at.Node.Raw, "one of " + string.Join(", ", listed)));
        return false;
    }

    private bool HasType(JsonLocation at, List<string> stated, params string[] types)
    {
        if (stated.Count == 0 || stated.Exists(types.Contains))
            return true;
        context.Problems.Add(JobsProblems.WrongType.AtPointer(
            at.Pointer, "/" + JsonPointer.Escape(at.Node.Name), "of type " + string.Join(" or ", stated), "a " + types[types.Length - 1]));
        return false;
    }

    /// <summary>The types that a number or a boolean has; the last one is the one to name.</summary>
    private static string[] TypesOf(JsonNode node)
    {
        if (node.IsBoolean)
            return ["boolean"];
        var isWhole = decimal.TryParse(node.Raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && decimal.Truncate(number) == number;
        return isWhole ? ["integer", "number"] : ["number"];
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
