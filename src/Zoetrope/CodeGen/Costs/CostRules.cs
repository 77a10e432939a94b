using System.ComponentModel;
using System.Globalization;
using Zoetrope.Costs;
using Zoetrope.Json;

namespace Zoetrope.CodeGen.Costs;

/// <summary>
/// Computes an estimate from the price rules of a document. Where a parameter is left out whose default is not documented, the rules run for each value that
/// it can have, and the estimate covers them all. For generated code.
/// </summary>
/// <param name="unit">The code of the currency, or the provider's unit.</param>
/// <param name="document">The document that states the rules.</param>
/// <param name="extras">What is sent in addition to the members of the input, or in their place; null for nothing.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CostRules(string unit, string document, ExtraProperties? extras = null)
{
    // More combinations than that are not computed; no page that is known has nearly as many.
    private const int MostCombinations = 4096;

    private readonly List<CostInput> _inputs = [];
    private readonly List<string> _reasons = [];
    private readonly List<string> _texts = [];
    private string? _open;
    private string? _unknown;
    private (decimal? Least, decimal Most, string Text)? _current;
    private (decimal? Least, decimal Most)? _all;
    private int _combinations;

    // A price is multiplied by a parameter that has no value now: what the service takes in its place is one of the values, which are tried as well.
    private bool _isSkipped;

    /// <summary>Whether no rule has applied to the values at hand so far.</summary>
    public bool IsUnpriced => _current is null && _open is null && !_isSkipped;

    /// <summary>A parameter that is a text.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="given">What the input has.</param>
    /// <param name="otherwise">The documented default; null where there is none.</param>
    /// <param name="values">The values that it can have; empty where they are not documented.</param>
    public CostInput Input(string name, string? given, string? otherwise, params string[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var isNull = given is null && extras?.HasNull(name) == true;
        var input = isNull ? new CostInput(this, name, [], isGiven: true, isNull: true)
            : (given ?? otherwise) is { } value ? new CostInput(this, name, [value], isGiven: true)
            : new CostInput(this, name, values, isGiven: false);
        _inputs.Add(input);
        return input;
    }

    /// <inheritdoc cref="Input(string, string?, string?, string[])"/>
    public CostInput Input(string name, bool? given, string? otherwise) =>
        Input(name, given is { } value ? (value ? "true" : "false") : null, otherwise, "true", "false");

    /// <inheritdoc cref="Input(string, string?, string?, string[])"/>
    public CostInput Input(string name, long? given, string? otherwise, params string[] values) =>
        Input(name, given?.ToString(CultureInfo.InvariantCulture), otherwise, values);

    /// <inheritdoc cref="Input(string, string?, string?, string[])"/>
    public CostInput Input(string name, Int128? given, string? otherwise, params string[] values) =>
        Input(name, given?.ToString(CultureInfo.InvariantCulture), otherwise, values);

    /// <inheritdoc cref="Input(string, string?, string?, string[])"/>
    public CostInput Input(string name, double? given, string? otherwise, params string[] values) =>
        Input(name, given?.ToString("R", CultureInfo.InvariantCulture), otherwise, values);

    /// <summary>A rule applies to the values at hand.</summary>
    /// <param name="amount">The amount.</param>
    /// <param name="text">The rule in the document's words.</param>
    /// <param name="each">The parameter that says how many are paid for; null for one.</param>
    /// <param name="perhapsEach">The parameters that the amount may have to be multiplied by, which the document does not say.</param>
    /// <param name="isCeiling">Whether it is the most.</param>
    public void Add(decimal amount, string text, CostInput? each = null, CostInput[]? perhapsEach = null, bool isCeiling = false)
    {
        if (!TryMultiply(ref amount, each))
            return;
        var (least, most) = (amount, amount);
        foreach (var perhaps in perhapsEach ?? [])
        {
            var (once, all) = (least, most);
            if (!TryMultiply(ref once, perhaps) || !TryMultiply(ref all, perhaps))
                return;
            if (all != most)
                Because($"the document does not say whether its price is one of each {perhaps.Name}");
            (least, most) = (Math.Min(least, once), Math.Max(most, all));
        }
        var found = (Least: isCeiling ? (decimal?)null : least, Most: most, Text: text);
        if (_current is not { } other)
            _current = found;
        else if (other.Least != found.Least || other.Most != found.Most)
        {
            Because($"several rules apply, '{other.Text}' and '{text}'");
            var lower = other.Least is { } one && found.Least is { } two ? Math.Min(one, two) : (decimal?)null;
            _current = (lower, Math.Max(other.Most, found.Most), text);
        }
        if (!_texts.Contains(text))
            _texts.Add(text);
    }

    /// <summary>The provider's price applies to the values at hand.</summary>
    /// <param name="price">The price.</param>
    /// <param name="seconds">The parameter with the seconds of the result; null where there is none.</param>
    /// <param name="count">The parameter with the number of results; null where there is none.</param>
    /// <param name="isSingle">Whether a job makes one result, whatever the input.</param>
    /// <param name="perhapsEach">Other parameters that may say how many results there are.</param>
    public void Add(ProviderPrice price, CostInput? seconds, CostInput? count, bool isSingle = false, CostInput[]? perhapsEach = null)
    {
        ArgumentNullException.ThrowIfNull(price);
        var text = price.ToString();
        switch (price.Per)
        {
            case CostUnit.Job:
                Add(price.Amount, text);
                break;
            case CostUnit.Second when seconds is not null:
                Add(price.Amount, text, seconds, count is null ? perhapsEach : [count, .. perhapsEach ?? []]);
                break;
            case CostUnit.Image or CostUnit.Output when count is not null:
                Add(price.Amount, text, count, perhapsEach);
                break;
            case CostUnit.Image or CostUnit.Output when isSingle || perhapsEach is not null:
                Add(price.Amount, text, null, perhapsEach);
                break;
            default:
                Open($"{document} publishes {text}, and the input does not state how many of them a job takes");
                break;
        }
    }

    /// <summary>A parameter has parts with seconds of their own, so that a price of a second has no number.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="price">The price.</param>
    public void HasParts(string name, ProviderPrice price)
    {
        ArgumentNullException.ThrowIfNull(price);
        if (price.Per == CostUnit.Second)
            Open($"the parts of {name} have durations of their own");
    }

    /// <summary>The cost of the values at hand is not known.</summary>
    /// <param name="reason">The reason.</param>
    public void Open(string reason) => _open ??= reason;

    /// <summary>Goes to the next values that the parameters may have; false where there are no more.</summary>
    public bool Next()
    {
        if (_open is not null)
            _unknown ??= _open;
        else if (_isSkipped || (_current is null && _inputs.Exists(static input => input.IsAbsent)))
        {
            // Nothing says what the service takes for a parameter without a value but one of the values.
        }
        else if (_current is not { } found)
            _unknown ??= $"no price rule of {document} applies{Values()}";
        else
        {
            _all = _all is { } all
                ? (all.Least is { } one && found.Least is { } two ? Math.Min(one, two) : null, Math.Max(all.Most, found.Most))
                : (found.Least, found.Most);
        }
        (_open, _current, _isSkipped) = (null, null, false);
        if (_unknown is not null)
            return false;
        if (++_combinations >= MostCombinations)
            _unknown = "too many parameters that decide about it are not given";
        return _unknown is null && _inputs.Exists(static input => input.Next());
    }

    /// <summary>The estimate, after all values were tried.</summary>
    public CostEstimate Estimate()
    {
        if (extras?.Undocumented is { } extra)
            return CostEstimate.Unknown($"{extra} is sent by {nameof(ExtraProperties)}, and {document} does not say what that costs");
        if (_unknown is not null || _all is not { } all)
            return CostEstimate.Unknown(_unknown ?? $"{document} has no price rules");
        var source = $"{document}: {string.Join("; ", _texts)}";
        foreach (var input in _inputs)
        {
            if (input is { IsGiven: false, IsUsed: true } && all.Least != all.Most)
                Because(input.NotKnown);
        }
        var reason = _reasons.Count == 0 ? null : string.Join("; ", _reasons);
        return all.Least is { } least
            ? CostEstimate.Range(least, all.Most, unit, reason, source)
            : CostEstimate.AtMost(all.Most, unit, reason ?? "the document states the most only", source);
    }

    private string Values()
    {
        var used = _inputs.FindAll(static input => input.IsCompared && input.Text is not null);
        return used.Count == 0 ? "" : " to " + string.Join(" and ", used.ConvertAll(static input => $"{input.Name} '{input.Text}'"));
    }

    private void Because(string reason)
    {
        if (!_reasons.Contains(reason))
            _reasons.Add(reason);
    }

    private bool TryMultiply(ref decimal amount, CostInput? input)
    {
        if (input is null)
            return true;
        input.IsUsed = true;
        if (input.IsAbsent)
        {
            _isSkipped = true;
            return false;
        }
        // A number of 0 or below, such as -1, means something else than how many there are.
        if (input.Number is not { } count || count <= 0)
        {
            Open(input.Text is { } text ? $"'{text}' of {input.Name} does not say how many are paid for" : input.NotKnown);
            return false;
        }
        try
        {
            amount = checked(amount * count);
            return true;
        }
        catch (OverflowException)
        {
            Open($"{input.Name} is too large");
            return false;
        }
    }
}
