using System.Globalization;
using System.Text;

namespace Zoetrope.Specs.Json;

/// <summary>JSON pointers (RFC 6901).</summary>
public static class JsonPointer
{
    private static readonly char[] _special = ['~', '/'];

    /// <summary>Adds a step to a pointer.</summary>
    /// <param name="pointer">The pointer; empty for the whole document.</param>
    /// <param name="name">The unescaped name of a property, or the index of an item.</param>
    public static string Append(string pointer, string name) => pointer + "/" + Escape(name);

    /// <summary>Adds the index of an item to a pointer.</summary>
    public static string Append(string pointer, int index) => pointer + "/" + index.ToString(CultureInfo.InvariantCulture);

    /// <summary>Escapes a name for use in a pointer: <c>~</c> becomes <c>~0</c> and <c>/</c> becomes <c>~1</c>.</summary>
    public static string Escape(string name) =>
        name.IndexOfAny(_special) < 0 ? name : name.Replace("~", "~0").Replace("/", "~1");

    /// <summary>Turns a step of a pointer back into a name.</summary>
    public static string Unescape(string step) =>
        step.IndexOf('~') < 0 ? step : step.Replace("~1", "/").Replace("~0", "~");

    /// <summary>The unescaped steps of a pointer.</summary>
    public static string[] Steps(string pointer)
    {
        if (pointer.Length == 0)
            return [];
        var steps = (pointer[0] == '/' ? pointer.Substring(1) : pointer).Split('/');
        for (var i = 0; i < steps.Length; i++)
            steps[i] = Unescape(steps[i]);
        return steps;
    }

    /// <summary>Whether a step can be the number of an item of an array: ASCII digits, of a number that every reader can hold.</summary>
    public static bool IsIndex(string step) => step.Length is > 0 and < 10 && step.All(static unit => unit is >= '0' and <= '9');

    /// <summary>Follows a pointer as far as it goes.</summary>
    /// <param name="root">Where to begin.</param>
    /// <param name="pointer">The pointer.</param>
    /// <param name="nearest">The value that it names, or the innermost one on the way to it.</param>
    /// <returns>Whether the value is there.</returns>
    public static bool TryResolve(JsonNode root, string pointer, out JsonNode nearest)
    {
        nearest = root;
        foreach (var step in Steps(pointer))
        {
            var next = nearest.IsArray ? Item(nearest, step) : nearest[step];
            if (!next.Exists)
                return false;
            nearest = next;
        }
        return root.Exists;
    }

    /// <summary>Decodes <c>%xx</c> in the fragment of a reference (UTF-8); what is not a valid sequence stays as it is.</summary>
    public static string DecodeFragment(string fragment)
    {
        if (fragment.IndexOf('%') < 0)
            return fragment;
        var bytes = new List<byte>();
        var decoded = new StringBuilder(fragment.Length);
        for (var i = 0; i < fragment.Length; i++)
        {
            if (fragment[i] == '%' && i + 2 < fragment.Length
                && byte.TryParse(fragment.Substring(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 2;
                continue;
            }
            Flush();
            decoded.Append(fragment[i]);
        }
        Flush();
        return decoded.ToString();

        void Flush()
        {
            if (bytes.Count > 0)
                decoded.Append(Encoding.UTF8.GetString(bytes.ToArray()));
            bytes.Clear();
        }
    }

    private static JsonNode Item(JsonNode array, string step)
    {
        if (!int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            return default;
        foreach (var item in array)
        {
            if (index-- == 0)
                return item;
        }
        return default;
    }
}
