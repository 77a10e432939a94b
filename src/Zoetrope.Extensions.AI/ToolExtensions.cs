using Microsoft.Extensions.AI;
using Zoetrope.Clients;
using Zoetrope.Costs;
using Zoetrope.Extensions.AI.Tools;
using Zoetrope.Models;

namespace Zoetrope.Extensions.AI;

/// <summary>
/// Offers models as tools to language models. A tool spends money when a language model decides so: each call has a limit of its cost, or is approved.
/// </summary>
public static class ToolExtensions
{
    /// <summary>Creates a tool of a model, each call of which costs no more than a limit.</summary>
    /// <param name="client">The client.</param>
    /// <param name="model">The model, such as <c>Flux2Pro.Info</c>.</param>
    /// <param name="maxCost">
    /// The most that a call may cost. It is strict: where it cannot be promised, because the cost is not known, nothing is sent, and the language model gets
    /// that as its result.
    /// </param>
    /// <param name="options">How the model is offered; null for the defaults.</param>
    /// <exception cref="ArgumentException">The model is of another provider, or a name is not valid.</exception>
    public static AIFunction AsAIFunction(this MediaClient client, ModelInfo model, CostLimit maxCost, ModelToolOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(maxCost);
        return new ModelFunction(client, model, maxCost, options);
    }

    /// <summary>Creates a tool of a model, each call of which must be approved; for models whose cost is not known before.</summary>
    /// <param name="client">The client.</param>
    /// <param name="model">The model, such as <c>Flux2Pro.Info</c>.</param>
    /// <param name="options">How the model is offered; null for the defaults.</param>
    /// <exception cref="ArgumentException">The model is of another provider, or a name is not valid.</exception>
    public static ApprovalRequiredAIFunction AsApprovalRequiredAIFunction(this MediaClient client, ModelInfo model, ModelToolOptions? options = null) =>
        new(new ModelFunction(client, model, null, options));
}
