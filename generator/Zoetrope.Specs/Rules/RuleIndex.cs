using System.Runtime.CompilerServices;

namespace Zoetrope.Specs.Rules;

/// <summary>The words and signs that the forms of the table need, and which rows need each. Texts are searched for all of them in one pass.</summary>
internal sealed class RuleIndex
{
    // The loops below see each character of all descriptions, and most compilers do not run for long enough for the runtime to find that out.
    private const MethodImplOptions Hot = (MethodImplOptions)512;

    private const int Slots = 1024;
    private const char FirstOther = '\u0080';

    private readonly Kind[] _kinds = new Kind[FirstOther];
    private readonly Dictionary<char, RuleHints> _signs = [];
    private readonly Word?[] _words = new Word?[Slots];
    private readonly RuleHints _number;
    private readonly RuleHints _always;

    /// <param name="marks">Words that make a sentence look like a rule.</param>
    public RuleIndex(IEnumerable<string> marks)
    {
        for (var c = 'a'; c <= 'z'; c++)
            (_kinds[c], _kinds[c & ~0x20]) = (Kind.Letter, Kind.Letter);
        for (var c = '0'; c <= '9'; c++)
            _kinds[c] = Kind.Digit;
        for (var row = 0; row < RuleForms.All.Count; row++)
        {
            var needs = NeedsOf(RuleForms.All[row].Pattern);
            for (var need = 0; need < RuleHints.Needs; need++)
            {
                if (need >= needs.Count)
                    _always.Add(need, row);
                else
                    AddNeed(needs[need], need, row, ref _number);
            }
        }
        foreach (var word in RuleTokens.NumberWords)
            WordOf(word).Hints.Add(_number);
        foreach (var mark in marks)
            WordOf(mark).IsMark = true;
    }

    private enum Kind : byte
    {
        Nothing,
        Letter,
        Digit,
        Sign,
    }

    /// <summary>What a text can state.</summary>
    [MethodImpl(Hot)]
    public RuleClues Find(string text)
    {
        var (said, hasMark) = (_always, false);
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            switch (KindOf(c))
            {
                case Kind.Letter:
                    var start = i++;
                    while (i < text.Length && IsLetter(text[i]))
                        i++;
                    if (Find(text, start, i - start) is { } word)
                    {
                        said.Add(word.Hints);
                        hasMark |= word.IsMark;
                    }
                    break;
                case Kind.Digit:
                    i = ReadDigits(text, i, ref said);
                    break;
                case Kind.Sign:
                    AddSign(c, ref said);
                    i++;
                    break;
                default:
                    i++;
                    break;
            }
        }
        return new(said.Rows, hasMark);
    }

    [MethodImpl(Hot)]
    private Word? Find(string text, int start, int length)
    {
        var word = _words[Slot(text, start, length)];
        while (word is not null && !word.Is(text, start, length))
            word = word.Next;
        return word;
    }

    private int ReadDigits(string text, int start, ref RuleHints said)
    {
        var isOfWord = start > 0 && (IsLetter(text[start - 1]) || text[start - 1] == '_');
        var end = start;
        while (end < text.Length && (char.IsDigit(text[end]) || text[end] is '.' or ','))
            end++;
        if (!isOfWord && IsNumber(text, end))
            said.Add(_number);
        // A comma after digits is not a part of them.
        AddSign(text[end - 1], ref said);
        return end;
    }

    private void AddSign(char sign, ref RuleHints said)
    {
        if (_signs.TryGetValue(sign, out var hints))
            said.Add(hints);
    }

    // A need that words of nearly every sentence meet is not worth to be looked for, beside others.
    private static List<string[]> NeedsOf(RulePattern pattern)
    {
        var rarest = pattern.Needs.OrderBy(RuleTriggers.Frequency).Take(RuleHints.Needs).ToList();
        var rare = rarest.FindAll(static need => !RuleTriggers.IsCommon(need));
        return rare.Count > 0 ? rare : rarest;
    }

    private Kind KindOf(char c) => c < FirstOther ? _kinds[c] : char.IsDigit(c) ? Kind.Digit : Kind.Sign;

    private static bool IsLetter(char c) => (uint)((c | 0x20) - 'a') <= 'z' - 'a';

    private static int Slot(string text, int start, int length) =>
        (((text[start] & 31) * 37) ^ ((text[start + (length / 2)] & 31) * 13) ^ ((text[start + length - 1] & 31) * 5) ^ (length * 97)) & (Slots - 1);

    /// <summary>Whether digits are a number by what follows: no letter, a unit, or the second number of a size.</summary>
    private static bool IsNumber(string text, int end)
    {
        if (end == text.Length || !char.IsLetter(text[end]) || text[end] is 'x' or 'X')
            return true;
        var last = end;
        while (last < text.Length && (char.IsLetter(text[last]) || text[last] is '_' or '-'))
            last++;
        return RuleTokens.IsUnit(text.Substring(end, last - end));
    }

    private void AddNeed(string[] words, int need, int row, ref RuleHints number)
    {
        foreach (var word in words)
        {
            if (word == RuleTriggers.Number)
                number.Add(need, row);
            else if (IsLetter(word[0]))
                WordOf(word).Hints.Add(need, row);
            else
                AddSign(word[0], need, row);
            foreach (var sign in word switch { ">=" => "\u2265", "<=" => "\u2264", "-" => "\u2013\u2014", "and" => "&", _ => "" })
                AddSign(sign, need, row);
        }
    }

    private void AddSign(char sign, int need, int row)
    {
        _signs.TryGetValue(sign, out var hints);
        hints.Add(need, row);
        _signs[sign] = hints;
        if (sign < FirstOther && _kinds[sign] == Kind.Nothing)
            _kinds[sign] = Kind.Sign;
    }

    // Of a word with other signs its letters are enough.
    private Word WordOf(string text)
    {
        var length = 0;
        while (length < text.Length && IsLetter(text[length]))
            length++;
        if (Find(text, 0, length) is { } known)
            return known;
        ref var slot = ref _words[Slot(text, 0, length)];
        return slot = new(text.Substring(0, length), slot);
    }

    private sealed class Word(string letters, Word? next)
    {
        public RuleHints Hints;

        public bool IsMark { get; set; }

        public Word? Next => next;

        /// <summary>Whether a text has it at a position, in letters of either case.</summary>
        public bool Is(string text, int start, int length)
        {
            if (letters.Length != length)
                return false;
            for (var i = 0; i < length; i++)
            {
                if ((text[start + i] | 0x20) != letters[i])
                    return false;
            }
            return true;
        }
    }
}
