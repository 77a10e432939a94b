using System.Text;

namespace Zoetrope.Fuzz;

/// <summary>Changes a document as a text: its bytes, its lines, its end.</summary>
public static class TextMutation
{
    /// <summary>Changes the text at some locations.</summary>
    /// <param name="text">The text.</param>
    /// <param name="other">Another document, to splice.</param>
    /// <param name="random">What decides.</param>
    public static string Mutate(string text, string other, Random random)
    {
        for (var left = random.Next(1, 6); left > 0; left--)
            text = MutateOnce(text, other, random);
        return text;
    }

    private static string MutateOnce(string text, string other, Random random)
    {
        var offset = random.Next(text.Length + 1);
        switch (random.Next(12))
        {
            case 0:
                return text[..offset];
            case 1:
                return text[..offset] + other[random.Next(other.Length + 1)..];
            case 2:
                return text.Insert(offset, OddText.Texts.Of(random));
            case 3:
                return text.Insert(offset, OddText.Numbers.Of(random));
            case 4:
                return FlipBytes(text, random);
            case 5:
                return text.Remove(offset, Math.Min(text.Length - offset, random.Next(1, 60)));
            case 6:
                var from = random.Next(text.Length + 1);
                return text.Insert(offset, text.Substring(from, Math.Min(text.Length - from, random.Next(1, 400))));
            case 7:
                return text.Replace("\n", random.Next(3) switch { 0 => "\r\n", 1 => "\r", _ => " " });
            case 8:
                return ReplaceWord(text, offset, random);
            default:
                return Lines(text, random);
        }
    }

    private static string FlipBytes(string text, Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var left = random.Next(1, 20); left > 0 && bytes.Length > 0; left--)
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Puts something odd for what is between two marks: a cell, a code, a quoted text, a word.</summary>
    private static string ReplaceWord(string text, int offset, Random random)
    {
        const string Marks = "`|*\"'(),: \n";
        var start = offset;
        while (start > 0 && !Marks.Contains(text[start - 1]))
            start--;
        var end = offset;
        while (end < text.Length && !Marks.Contains(text[end]))
            end++;
        return text[..start] + (random.Next(3) == 0 ? OddText.Numbers : OddText.Texts).Of(random) + text[end..];
    }

    private static string Lines(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        var (first, second) = (random.Next(lines.Count), random.Next(lines.Count));
        switch (random.Next(4))
        {
            case 0:
                lines.RemoveAt(first);
                break;
            case 1:
                lines.Insert(second, lines[first]);
                break;
            case 2:
                (lines[first], lines[second]) = (lines[second], lines[first]);
                break;
            default:
                var (low, high) = (Math.Min(first, second), Math.Max(first, second));
                var moved = lines[low..high].ToArray();
                random.Shuffle(moved);
                lines = [.. lines[..low], .. moved, .. lines[high..]];
                break;
        }
        return string.Join('\n', lines);
    }
}
