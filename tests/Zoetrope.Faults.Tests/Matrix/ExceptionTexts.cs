using System.Collections;
using System.Reflection;
using Zoetrope.Json;

namespace Zoetrope.Faults.Tests;

/// <summary>Everything that an exception says: its messages and those within, its data, and the texts of all its public members.</summary>
internal static class ExceptionTexts
{
    private const int Deepest = 8;

    /// <summary>The exception and those within it.</summary>
    public static IEnumerable<Exception> Chain(Exception exception)
    {
        yield return exception;
        IReadOnlyList<Exception> inner = exception is AggregateException many ? many.InnerExceptions : exception.InnerException is { } one ? [one] : [];
        foreach (var within in inner.SelectMany(Chain))
            yield return within;
    }

    /// <summary>All texts, each with where it was found.</summary>
    public static IReadOnlyList<(string Where, string Text)> Of(Exception exception)
    {
        var found = new List<(string, string)> { ("ToString()", exception.ToString()) };
        Collect(exception, exception.GetType().Name, found, new HashSet<object>(ReferenceEqualityComparer.Instance), 0);
        return found;
    }

    /// <summary>All results that came as JSON and are kept on the exception.</summary>
    public static IEnumerable<string> Results(Exception exception) =>
        Chain(exception)
            .SelectMany(within => within.GetType().GetProperties().Where(IsResult).Select(property => property.GetValue(within)?.ToString()))
            .OfType<string>();

    private static bool IsResult(PropertyInfo property) => property.PropertyType == typeof(RawJson) || property.PropertyType == typeof(RawJson?);

    private static void Collect(object value, string where, List<(string, string)> found, HashSet<object> seen, int depth)
    {
        if (value is string text)
        {
            found.Add((where, text));
            return;
        }
        if (depth > Deepest || (!value.GetType().IsValueType && !seen.Add(value)))
            return;
        if (value is RawJson or Uri)
            found.Add((where, value.ToString()!));
        else if (value is IDictionary entries)
            CollectItems(entries.Keys.Cast<object>().Concat(entries.Values.Cast<object?>().OfType<object>()), where, found, seen, depth);
        else if (value is IEnumerable items)
            CollectItems(items.Cast<object?>().OfType<object>(), where, found, seen, depth);
        else if (value is Exception || value.GetType().Namespace?.StartsWith("Zoetrope", StringComparison.Ordinal) == true)
            CollectMembers(value, where, found, seen, depth);
    }

    private static void CollectItems(IEnumerable<object> items, string where, List<(string, string)> found, HashSet<object> seen, int depth)
    {
        foreach (var item in items.Take(2000))
            Collect(item, where + "[]", found, seen, depth + 1);
    }

    private static void CollectMembers(object value, string where, List<(string, string)> found, HashSet<object> seen, int depth)
    {
        foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            // What a paid result holds is the user's, and is delivered as it came.
            if (property.GetIndexParameters().Length > 0 || property.Name is "TargetSite" or "StackTrace" || (value is Exception && IsResult(property)))
                continue;
            if (property.GetValue(value) is { } member)
                Collect(member, $"{where}.{property.Name}", found, seen, depth + 1);
        }
    }
}
