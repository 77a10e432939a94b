namespace Zoetrope.Specs.Jobs;

/// <summary>A word for a state.</summary>
/// <param name="Word">The word.</param>
/// <param name="State">The state: <c>queued</c>, <c>running</c>, <c>succeeded</c>, <c>failed</c>, <c>canceled</c> or <c>expired</c>.</param>
/// <param name="Kind">The kind of failure; null where there is none.</param>
/// <param name="IsOfWebhook">Whether only deliveries of webhooks have it.</param>
public sealed record StateWord(string Word, string State, string? Kind, bool IsOfWebhook = false);
