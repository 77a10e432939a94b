using Zoetrope.Generator.Emit;
using Zoetrope.Specs.Jobs;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Jobs;

/// <summary>Writes how models are submitted: the paths and the members that the protocol adds to the input.</summary>
internal sealed class SubmitEmitter(SourceWriter writer, JobsDescription jobs)
{
    private const string Id = "endpointId";

    /// <summary>Writes the method.</summary>
    public void Emit()
    {
        using var block = writer.Block($"protected override string WriteSubmit(string {Id}, {WellKnownNames.CodeGenJobs}.SubmitBody body)");
        using (writer.Block($"switch ({Id})"))
        {
            foreach (var group in Groups())
            {
                foreach (var model in group)
                    writer.Line($"case {Literals.String(model.Endpoint.Id)}:");
                using (writer.Indent())
                    EmitRule(group[0].Submit, group[0].Value == group[0].Endpoint.Id ? Id : Literals.String(group[0].Value));
            }
            writer.Line("default:");
            using (writer.Indent())
            {
                if (jobs.AnyModel is { } any)
                    EmitRule(any, Id);
                else
                    writer.Line($"throw UnknownModel({Id}, {Literals.String(string.Join(", ", jobs.Models.Select(model => model.Endpoint.Id)))});");
            }
        }
    }

    /// <summary>The models that are submitted alike, without those that any other model is like.</summary>
    private IEnumerable<List<JobModel>> Groups() => jobs.Models
        .Where(model => !(model.Submit == jobs.AnyModel && model.Value == model.Endpoint.Id))
        .GroupBy(model => (model.Submit, Value: model.Value == model.Endpoint.Id ? "" : model.Value))
        .Select(group => group.ToList());

    private void EmitRule(SubmitRule rule, string model)
    {
        if (rule.Format != BodyFormat.Json)
            writer.Line($"body.As{rule.Format.ToString()}();");
        if (rule.ModelMember is { } member)
            writer.Line($"body.Add({Literals.String(member)}, {model});");
        foreach (var constant in rule.Constants)
            writer.Line($"body.AddRaw({Literals.String(constant.Name)}, {Literals.Utf8(constant.Text)});");
        var path = TemplateText.Path(rule.Request, model);
        var extras = new[]
        {
            (jobs.Webhook, "body.Webhook"), (jobs.WebhookSecret, "body.WebhookSecret"), (jobs.Idempotency, "body.IdempotencyKey"), (jobs.OwnId, "body.OwnId"),
        };
        foreach (var (extra, value) in extras)
        {
            if (extra is null || jobs.IsBesideWebhook(extra))
                continue;
            if (ReferenceEquals(extra, jobs.Webhook) && jobs.WebhookSecret is { } secret && jobs.IsBesideWebhook(secret))
            {
                writer.Line($"body.AddWebhook({Literals.String(secret.Name[secret.Name.Count - 1])}, {Names(extra.Name)});");
                continue;
            }
            var name = Literals.String(extra.Name[0]);
            switch (extra.Where)
            {
                case "header":
                    writer.Line($"body.AddHeader({name}, {value});");
                    break;
                case "query":
                    path = $"WithQuery({path}, {name}, {value})";
                    break;
                default:
                    writer.Line(extra.Name.Count == 1
                        ? $"body.Add({name}, {value});"
                        : $"body.AddNested({value}, {Names(extra.Name)});");
                    break;
            }
        }
        if (rule.InputPath.Count > 0)
            writer.Line($"body.AddInput({(rule.IsInputInArray ? "true" : "false")}, {Names(rule.InputPath)});");
        writer.Line($"return {path};");
    }

    // Older compilers know no parameters of spans.
    private static string Names(EquatableArray<string> names) => $$"""new string[] { {{string.Join(", ", names.Select(Literals.String))}} }""";
}
