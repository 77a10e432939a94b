using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Jobs;

/// <summary>Reads where the result of a job is: in its status, or in the responses to further requests.</summary>
internal sealed class ResultReader(JobsContext context, RequestReader requests)
{
    /// <summary>The members of the object.</summary>
    public static string[] Members { get; } = ["output", "base64", "requests", "expiresAt", "expiresAfterHours", "needsKey"];

    /// <summary>Reads the result.</summary>
    /// <param name="section">The object.</param>
    /// <param name="description">What is known so far.</param>
    /// <param name="status">The schema of the status response.</param>
    /// <param name="output">The schemas of the result; empty where the document does not describe it.</param>
    public JobsDescription Read(DeclarationSection section, JobsDescription description, JsonLocation? status, out List<JsonLocation> output)
    {
        var fields = description.StatusFields.ToList();
        var requested = new List<ResultRequest>();
        var pointers = new List<string>();
        var known = 0;
        var last = status;
        var isFile = false;
        foreach (var item in section.Items("requests"))
        {
            var step = new DeclarationSection(item, "a request for the result", context.Problems, "operation", "parameters", "isFile");
            if (context.Operation(step, "operation", isRequired: true) is not { } operation
                || requests.Read(step, operation, "{job}", pointers) is not { } request)
            {
                // What the requests after it need is in its response.
                output = [];
                return description;
            }
            // What this request needs is in the response before it.
            var before = requested.Count == 0 ? fields : requested[requested.Count - 1].Fields.ToList();
            for (; known < pointers.Count; known++)
            {
                if (context.Verify(item.Pointer, pointers[known], last, "string"))
                    before.Add(new(pointers[known], known == 0 ? JobField.First : JobField.Second));
            }
            if (requested.Count > 0)
                requested[requested.Count - 1] = requested[requested.Count - 1] with { Fields = before.ToEquatableArray() };
            last = context.Document.ResponseOf(operation);
            isFile = step.Flag("isFile");
            requested.Add(new(request, default, isFile));
        }
        output = [];
        if (!isFile)
        {
            var target = requested.Count == 0 ? fields : requested[requested.Count - 1].Fields.ToList();
            if (!section["output"].Exists)
                target.Add(new("", JobField.Output));
            context.AddWhole(target, section, "output", last);
            context.AddField(target, section, "expiresAt", JobField.ExpiresAt, last, "string", "integer", "number");
            if (requested.Count > 0)
                AddErrors(target, description, last);
            if (requested.Count > 0)
                requested[requested.Count - 1] = requested[requested.Count - 1] with { Fields = target.ToEquatableArray() };
            var pointer = section["output"].Node.String ?? "";
            if (last is { } schema && (pointer.Length == 0 || pointer[0] == '/'))
                output = context.Paths.Find(schema, pointer).Where(found => found.Exists && !IsNull(found)).ToList();
        }
        return description with
        {
            StatusFields = fields.ToEquatableArray(),
            ResultRequests = requested.ToEquatableArray(),
            Base64MediaType = section.Text("base64"),
            FileHours = section.Number("expiresAfterHours"),
            FilesNeedKey = section.Flag("needsKey"),
        };
    }

    /// <summary>Whether a schema is that of null alone: an alternative that a result never is.</summary>
    private static bool IsNull(JsonLocation schema) => SchemaPaths.TypesOf(schema) is { Count: 1 } types && types[0] == "null";

    /// <summary>An error inside a response of success looks as it does in a status, where the response can have it.</summary>
    private void AddErrors(List<FieldPointer> fields, JobsDescription description, JsonLocation? schema)
    {
        foreach (var error in description.StatusFields.Where(field => field.Field is JobField.ErrorCode or JobField.ErrorMessage))
        {
            if (schema is not { } whole || context.Paths.Find(whole, error.Pointer).Count > 0)
                fields.Add(error);
        }
    }
}
