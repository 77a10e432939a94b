using System.Globalization;

namespace Zoetrope.Cli.Models;

/// <summary>A page of a list of models.</summary>
/// <param name="found">All of the list.</param>
/// <param name="number">Which page, from 1.</param>
/// <param name="limit">The number of models on a page.</param>
internal sealed class ModelPage(IReadOnlyList<ModelRow> found, int number, int limit)
{
    /// <summary>Which page, from 1.</summary>
    public int Number => number;

    /// <summary>How many models there are on all pages.</summary>
    public int Total => found.Count;

    /// <summary>How many pages there are; one where there is no model.</summary>
    public int Pages => Math.Max(1, (int)(((long)Total + limit - 1) / limit));

    /// <summary>The models of the page.</summary>
    public IReadOnlyList<ModelRow> Rows { get; } = [.. found.Skip((int)Math.Min(int.MaxValue, (number - 1L) * limit)).Take(limit)];

    /// <summary>What is shown, for people.</summary>
    public override string ToString()
    {
        var models = Total == 1 ? "1 model" : string.Create(CultureInfo.InvariantCulture, $"{Total} models");
        if (Pages == 1)
            return $"{models}.";
        var more = number < Pages ? string.Create(CultureInfo.InvariantCulture, $"; --page {number + 1} has more") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{models}; page {number} of {Pages}{more}.");
    }
}
