using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Text;
using Zoetrope.Specs.Jobs;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Jobs;

/// <summary>The C# expressions of addresses and small bodies.</summary>
internal static class TemplateText
{
    /// <summary>The path of a request as an expression.</summary>
    /// <param name="request">The request.</param>
    /// <param name="model">The expression of the model.</param>
    public static string Path(RequestTemplate request, string model) => request.Path.Count == 0
        ? "\"\""
        : string.Join(" + ", request.Path.Select(part => part.Kind switch
        {
            PartKind.Text => Literals.String(part.Text),
            PartKind.Model => $"EscapePath({model})",
            PartKind.ModelSegment => Value(part, request, model),
            _ => $"Escape({Value(part, request, model)})",
        }));

    /// <summary>The JSON body of a request as an expression; null where it has none.</summary>
    public static string? Body(RequestTemplate request, string model)
    {
        if (request.Members.Count == 0)
            return null;
        var members = request.Members.Select(member => Literals.String(member.Name) + ", " + Value(member.Value, request, model));
        // Older compilers know no parameters of spans.
        return $$"""JsonOf(new string[] { {{string.Join(", ", members)}} })""";
    }

    /// <summary>The values of earlier responses that a request needs.</summary>
    public static EquatableArray<string> Needs(RequestTemplate request) => request.Path.Select(part => part.Kind)
        .Where(kind => kind is PartKind.First or PartKind.Second).Distinct().Select(kind => kind.ToString()).ToEquatableArray();

    /// <summary>What a value says of a file, as the expression of a text.</summary>
    public static string FileValue(PartKind kind) => kind switch
    {
        PartKind.FileName => "file.Name",
        PartKind.FileType => "file.ContentType",
        PartKind.FileSize => "file.Size.ToString(global::System.Globalization.CultureInfo.InvariantCulture)",
        PartKind.FileExtension => "file.Extension",
        _ => "file.Kind",
    };

    private static string Value(TemplatePart part, RequestTemplate request, string model) => part.Kind switch
    {
        PartKind.Job => "handle.JobId",
        PartKind.Model => model,
        PartKind.ModelSegment => $"Segment({model}, {DocumentText.Number(part.Index)}, {DocumentText.Number(request.Segments)})",
        PartKind.First => "job.First",
        PartKind.Second => "job.Second",
        >= PartKind.FileName => FileValue(part.Kind),
        _ => Literals.String(part.Text),
    };
}
