using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Text;
using Zoetrope.Specs.Jobs;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Jobs;

/// <summary>Writes how the protocol requests and reads lists of jobs, and which model a name in them means.</summary>
internal static class ListEmitter
{
    private const string Traits = CodeGenJobs + ".ListTraits";

    /// <summary>Writes the members; nothing where there is no list.</summary>
    public static void Emit(SourceWriter writer, JobsDescription jobs, FieldReaderEmitter readers, bool hasOtherNames)
    {
        if (jobs.Lists.Count > 0)
            EmitLists(writer, jobs, readers, hasOtherNames);
        var fields = jobs.WebhookFields.Concat(jobs.Lists.SelectMany(list => list.Items));
        if (!hasOtherNames || fields.All(field => field.Field != JobField.Model))
            return;
        writer.Line();
        using var block = writer.Block("protected override string? EndpointOf(string model) => model switch", end: ";");
        foreach (var models in jobs.Models.GroupBy(model => model.Value))
            writer.Line($"{Literals.String(models.Key)} => {(models.Count() == 1 ? Literals.String(models.First().Endpoint.Id) : "null")},");
        writer.Line("_ => model,");
    }

    private static void EmitLists(SourceWriter writer, JobsDescription jobs, FieldReaderEmitter readers, bool hasOtherNames)
    {
        writer.Lines($"""

            protected override int Lists => {DocumentText.Number(jobs.Lists.Count)};

            """);
        using (writer.Block($"protected override {Traits} TraitsOf(int index) => index switch", end: ";"))
        {
            for (var i = 0; i < jobs.Lists.Count - 1; i++)
                writer.Line($"{DocumentText.Number(i)} => {TraitsOf(jobs.Lists[i])},");
            writer.Line($"_ => {TraitsOf(jobs.Lists[jobs.Lists.Count - 1])},");
        }
        writer.Line();
        using (writer.Block($"protected override string ListPath(int index, {JobTypes}.JobListOptions options, string? page) => index switch", end: ";"))
        {
            for (var i = 0; i < jobs.Lists.Count - 1; i++)
                writer.Line($"{DocumentText.Number(i)} => {Path(jobs.Lists[i], hasOtherNames)},");
            writer.Line($"_ => {Path(jobs.Lists[jobs.Lists.Count - 1], hasOtherNames)},");
        }
        EmitReader("ReadPage", list => list.Page);
        EmitReader("ReadItem", list => list.Items);

        void EmitReader(string method, Func<ListRule, IEnumerable<FieldPointer>> fields)
        {
            writer.Line();
            using var block = writer.Block($"protected override void {method}(int index, {ProtocolEmitter.Parameters})");
            using var cases = writer.Block("switch (index)");
            for (var i = 0; i < jobs.Lists.Count; i++)
            {
                writer.Lines($"""
                    {(i < jobs.Lists.Count - 1 ? "case " + DocumentText.Number(i) : "default")}:
                        {readers.Add(method + DocumentText.Number(i) + "Fields", fields(jobs.Lists[i]))}(ref reader, ref job);
                        break;
                    """);
            }
        }
    }

    private static string TraitsOf(ListRule list)
    {
        var traits = new List<string>();
        if (list.Offset is not null)
            traits.Add("ByOffset");
        else if (list.Cursor is not null)
            traits.Add("NextIsCursor");
        else if (list.Page.Any(field => field.Field == JobField.Next))
            traits.Add("NextIsAddress");
        if (list.IsNewestFirst)
            traits.Add("NewestFirst");
        if (list.ModelFilter is not null)
            traits.Add("SelectsModel");
        return traits.Count == 0 ? Traits + ".None" : string.Join(" | ", traits.Select(trait => Traits + "." + trait));
    }

    private static string Path(ListRule list, bool hasOtherNames)
    {
        var path = TemplateText.Path(list.Request, "");
        var model = hasOtherNames ? "(options.EndpointId is null ? null : ModelOf(options.EndpointId))" : "options.EndpointId";
        var parameters = new[]
        {
            (list.CreatedAfter, "TextOf(options.CreatedAfter)"), (list.ModelFilter, model), (list.Cursor ?? list.Offset, "page"),
        };
        foreach (var (name, value) in parameters)
        {
            if (name is not null)
                path = $"WithQuery({path}, {Literals.String(name)}, {value})";
        }
        return path;
    }
}
