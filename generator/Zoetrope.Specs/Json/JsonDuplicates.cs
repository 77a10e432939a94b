using Zoetrope.Specs.Diagnostics;

namespace Zoetrope.Specs.Json;

/// <summary>Takes out each property that a later one of the same name replaces, as nearly every JSON reader does, and says so.</summary>
internal static class JsonDuplicates
{
    /// <summary>Objects with more properties look for duplicates in a set instead of comparing each with each.</summary>
    private const int SmallObject = 8;

    /// <summary>Takes the duplicates out of the object at <paramref name="parent"/>.</summary>
    public static void Remove(string text, JsonEntry[] entries, int parent, List<SpecProblem> problems)
    {
        if (!Exist(text, entries, parent))
            return;
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var child = entries[parent].FirstChild; child >= 0; child = entries[child].Next)
        {
            var name = NameOf(text, entries[child]);
            if (last.ContainsKey(name))
                problems.Add(Problems.JsonDuplicate.At(entries[child].NameStart, entries[child].NameLength, name));
            last[name] = child;
        }
        var previous = -1;
        for (var child = entries[parent].FirstChild; child >= 0; child = entries[child].Next)
        {
            if (last[NameOf(text, entries[child])] == child)
            {
                previous = child;
                continue;
            }
            if (previous < 0)
                entries[parent].FirstChild = entries[child].Next;
            else
                entries[previous].Next = entries[child].Next;
            entries[parent].ChildCount--;
        }
    }

    private static bool Exist(string text, JsonEntry[] entries, int parent)
    {
        if (entries[parent].ChildCount > SmallObject)
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            for (var child = entries[parent].FirstChild; child >= 0; child = entries[child].Next)
            {
                if (!names.Add(NameOf(text, entries[child])))
                    return true;
            }
            return false;
        }
        for (var child = entries[parent].FirstChild; child >= 0; child = entries[child].Next)
        {
            for (var other = entries[child].Next; other >= 0; other = entries[other].Next)
            {
                if (HaveSameName(text, entries[child], entries[other]))
                    return true;
            }
        }
        return false;
    }

    private static bool HaveSameName(string text, in JsonEntry left, in JsonEntry right)
    {
        if (text.IndexOf('\\', left.NameStart, left.NameLength) >= 0 || text.IndexOf('\\', right.NameStart, right.NameLength) >= 0)
            return NameOf(text, left) == NameOf(text, right);
        return left.NameLength == right.NameLength && string.CompareOrdinal(text, left.NameStart, text, right.NameStart, left.NameLength) == 0;
    }

    private static string NameOf(string text, in JsonEntry entry) => JsonStrings.Unquote(text, entry.NameStart, entry.NameLength);
}
