using System.Globalization;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Jobs;

/// <summary>
/// The number of segments that ids of models have (<c>owner/name</c>): one for all requests of a declaration, whichever of them a request needs.
/// </summary>
internal static class ModelSegments
{
    /// <summary>The description with that number in every request; models with another number are reported.</summary>
    public static JobsDescription Agree(JobsDescription description, JobsContext context)
    {
        var requests = description.Models.SelectMany(model => new[] { model.Submit.Request, model.Status })
            .Concat([description.AnyModel?.Request, description.Status, description.Cancel])
            .Concat(description.ResultRequests.Select(step => (RequestTemplate?)step.Request));
        var count = requests.Max(request => request?.Segments ?? 0);
        if (count == 0)
            return description;
        foreach (var model in description.Models.Where(model => model.Value.Split('/').Length != count))
        {
            var at = context.Models.Find(one => one.Node["id"].String == model.Endpoint.Id);
            context.Problems.Add(JobsProblems.BadMember.AtPointer(
                at.Pointer, model.Value, $"an id of {count.ToString(CultureInfo.InvariantCulture)} segments with '/' between them, which the requests use"));
        }
        return description with
        {
            Models = description.Models.Select(model => model with { Submit = AgreeRule(model.Submit), Status = Agree(model.Status) }).ToEquatableArray(),
            AnyModel = description.AnyModel is { } any ? AgreeRule(any) : null,
            Status = Agree(description.Status)!,
            Cancel = Agree(description.Cancel),
            ResultRequests = description.ResultRequests.Select(step => step with { Request = Agree(step.Request)! }).ToEquatableArray(),
        };

        SubmitRule AgreeRule(SubmitRule rule) => rule with { Request = Agree(rule.Request)! };

        RequestTemplate? Agree(RequestTemplate? request) => request is { Segments: > 0 } ? request with { Segments = count } : request;
    }
}
