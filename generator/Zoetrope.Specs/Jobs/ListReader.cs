using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Jobs;

/// <summary>Reads which operations list the jobs of an account, page by page.</summary>
internal sealed class ListReader(JobsContext context, RequestReader requests)
{
    private const string NewestFirst = "newest-first";

    private static readonly string[] _members =
        ["operation", "parameters", "items", "id", "word", "model", "createdAt", "next", "more", "cursor", "offset", "createdAfter", "modelFilter", "order"];

    /// <summary>Reads the lists.</summary>
    /// <param name="root">The declaration.</param>
    /// <param name="description">What is known so far, the status among it.</param>
    public JobsDescription Read(DeclarationSection root, JobsDescription description)
    {
        var at = root["list"];
        var lists = (at.Node.IsArray ? root.Items("list") : at is { Exists: true, Node.IsNull: false } ? [at] : [])
            .Select(one => ReadList(new DeclarationSection(one, "a list of jobs", context.Problems, _members), description)).OfType<ListRule>();
        return description with { Lists = lists.ToEquatableArray() };
    }

    private ListRule? ReadList(DeclarationSection section, JobsDescription description)
    {
        if (!section.Exists || context.Operation(section, "operation", isRequired: true) is not { } operation
            || requests.Read(section, operation, usual: null) is not { } request)
            return null;
        if (operation.Method != "GET" || request.Path.Any(part => part.Kind != PartKind.Text))
        {
            section.Report("operation", "a GET whose parameters are texts, because it is about no job");
            return null;
        }
        var response = context.Document.ResponseOf(operation);
        var page = new List<FieldPointer>();
        if (!section["items"].Exists)
            page.Add(new("", JobField.Output));
        context.AddWhole(page, section, "items", response, "array");
        context.AddField(page, section, "next", JobField.Next, response, "string");
        context.AddField(page, section, "more", JobField.More, response, "boolean");
        var rule = new ListRule(
            request, page.ToEquatableArray(), Items(section, description, ItemOf(section, response)), Query(section, operation, "cursor"),
            Query(section, operation, "offset"), Query(section, operation, "createdAfter"), Query(section, operation, "modelFilter"),
            section.Text("order") == NewestFirst);
        if (section.Text("order") is not (null or NewestFirst))
            section.Report("order", $"\"{NewestFirst}\", or absent where no order is documented");
        if (rule.Cursor is not null && !section["next"].Exists)
            section.Report("cursor", "with 'next', the pointer of the next page's cursor");
        if (rule.Offset is not null && section["next"].Exists)
            section.Report("offset", "without 'next': pages follow each other by one of them");
        return rule;
    }

    /// <summary>The values of an item. It is like the status of a job, as far as the document says so.</summary>
    private EquatableArray<FieldPointer> Items(DeclarationSection section, JobsDescription description, JsonLocation? item)
    {
        var own = new List<FieldPointer>();
        context.AddField(own, section, "id", JobField.Id, item, "string");
        context.AddField(own, section, "word", JobField.Word, item, "string");
        context.AddField(own, section, "model", JobField.Model, item, "string");
        context.AddField(own, section, "createdAt", JobField.CreatedAt, item, "string", "integer", "number");
        var inherited = description.StatusFields.Where(field => field.Field is not (JobField.Output or JobField.First or JobField.Second)
            && own.TrueForAll(one => one.Field != field.Field) && (item is not { } schema || context.Paths.Find(schema, field.Pointer).Count > 0));
        var fields = inherited.Concat(own).ToEquatableArray();
        foreach (var (member, field) in new[] { ("id", JobField.Id), ("word", JobField.Word) })
        {
            if (!section[member].Exists && fields.All(one => one.Field != field))
                section.Report(member, "a pointer into an item of the list, which is not there where the status has it");
        }
        return fields;
    }

    private JsonLocation? ItemOf(DeclarationSection section, JsonLocation? response)
    {
        var pointer = section["items"].Node.String ?? "";
        if (response is not { } schema || (pointer.Length > 0 && pointer[0] != '/'))
            return null;
        var items = context.Paths.Find(schema, pointer + "/0");
        // A schema of several alternatives is followed from the array.
        return items.Count == 0 ? null : items.Count == 1 ? items[0] : context.Paths.Find(schema, pointer)[0]["items"];
    }

    private string? Query(DeclarationSection section, JobsOperation operation, string member)
    {
        if (section.Text(member) is not { } name)
            return null;
        if (context.Document.HasParameter(operation, "query", name))
            return name;
        context.Problems.Add(JobsProblems.BadMember.AtPointer(section.PointerOf(member), name, "a parameter in the query of " + operation.Name));
        return null;
    }
}
