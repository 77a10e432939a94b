using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Jobs;

/// <summary>An operation that lists jobs.</summary>
/// <param name="Request">The request of the first page.</param>
/// <param name="Page">The values of a page: its items, the next page, and whether there is one.</param>
/// <param name="Items">The values of an item.</param>
/// <param name="Cursor">The parameter for the cursor of a page; null where a page names the address of the next.</param>
/// <param name="Offset">The parameter for the number of items before a page; null for none.</param>
/// <param name="CreatedAfter">The parameter for the earliest time of creation; null for none.</param>
/// <param name="ModelFilter">The parameter for the model; null for none.</param>
/// <param name="IsNewestFirst">Whether newer jobs precede older ones.</param>
public sealed record ListRule(
    RequestTemplate Request, EquatableArray<FieldPointer> Page, EquatableArray<FieldPointer> Items, string? Cursor, string? Offset, string? CreatedAfter,
    string? ModelFilter, bool IsNewestFirst);
