using Zoetrope.Specs.Json;

namespace Zoetrope.Specs.Jobs.Proposals;

/// <summary>Proposes where a submit names a webhook and has its idempotency key.</summary>
internal sealed class ExtrasProposal(JobsDocument document, ResponseValues values, ProposalObject root, List<ProposedFact> facts)
{
    private static readonly HashSet<string> _webhooks = new(
        ["webhook", "webhook_url", "webhookurl", "callback_url", "callbackurl", "callback", "x-webhook-url", "hf_webhook"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> _keys = new(["Idempotency-Key", "X-Idempotency-Key"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds them.</summary>
    public void Add(List<SubmitCandidate> submits)
    {
        var parameters = submits.SelectMany(submit => new[] { submit.Operation.Item["parameters"], submit.Operation.At["parameters"] })
            .SelectMany(ItemsOf).ToList();
        AddExtra("webhook", submits, parameters, _webhooks);
        AddExtra("idempotency", submits, parameters, _keys);
        var asked = submits.FirstOrDefault(submit => submit.Operation.At.Node["x-idempotency-key"].Exists);
        if (!root.Has("idempotency") && asked is not null)
            Propose("idempotency", "header", "Idempotency-Key", $"'x-idempotency-key' of {asked.Operation.Name} asks for it; look up the header's name");
    }

    private void AddExtra(string member, List<SubmitCandidate> submits, List<JsonNode> parameters, HashSet<string> known)
    {
        // A member that one of the operations lacks would be ignored there.
        var inBody = submits.Count == 0 ? null : submits[0].Body.Find(value => value.Depth == 1 && value.IsText && known.Contains(value.Name));
        if (inBody is not null
            && submits.TrueForAll(submit => values.Of(document.BodyOf(submit.Operation, out _)).Exists(value => value.Pointer == inBody.Pointer)))
            Propose(member, "body", inBody.Pointer, "the body has a member of this name");
        else if (parameters.Find(parameter => known.Contains(parameter["name"].String!)) is { Exists: true } parameter)
            Propose(member, parameter["in"].String!, parameter["name"].String!, "the operation that submits has a parameter of this name");
    }

    private IEnumerable<JsonNode> ItemsOf(JsonLocation list)
    {
        var index = 0;
        foreach (var item in list.Node.IsArray ? list.Node : default)
        {
            if (document.References.Follow(list.ItemAt(item, index++)) is { } parameter && parameter.Node["in"].String is "header" or "query"
                && parameter.Node["name"].IsString)
                yield return parameter.Node;
        }
    }

    private void Propose(string section, string member, string value, string reason)
    {
        root[section].Add(member, value);
        facts.Add(new(section + "." + member, value, reason));
    }
}
