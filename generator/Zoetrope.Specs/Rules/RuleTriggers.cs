namespace Zoetrope.Specs.Rules;

/// <summary>
/// Decides at a glance whether a text can state a rule: whether it has a word that some form needs. Most descriptions have none, and are not taken apart.
/// </summary>
internal static class RuleTriggers
{
    /// <summary>Stands for any number among the words that forms need.</summary>
    public const string Number = "#";

    private const int Common = 40;
    private const int OfNumbers = 10;

    // Words and signs that many sentences have.
    private static readonly HashSet<string> _common =
        [.. "be is are of the a an in to and or can not may : - , / ( ) one has have this it with for".Split(' ')];

    // Words without which no sentence looks like a rule.
    private static readonly HashSet<string> _marks = new(StringComparer.Ordinal)
    {
        "must", "required", "requires", "cannot", "maximum", "minimum", "mutually", "exceed", "mandatory", "exactly",
    };

    private static readonly Lazy<Index> _index = new(static () => new());

    /// <summary>How many sentences have one of the words, in no unit.</summary>
    public static int Frequency(string[] words) => words.Sum(static word => word == Number ? OfNumbers : _common.Contains(word) ? Common : 1);

    /// <summary>Whether a sentence looks like a rule, whether a form of it is known or not.</summary>
    public static bool LooksLikeRule(List<RuleToken> tokens) => tokens.Exists(static token => _marks.Contains(token.Lower));

    /// <summary>Whether a text may state a rule or look like one.</summary>
    public static bool May(string text)
    {
        var index = _index.Value;
        var said = new RuleWordSet();
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (IsLetter(c))
            {
                var (start, hash) = (i, 0u);
                for (; i < text.Length && IsLetter(text[i]); i++)
                    hash = (hash * 31) + (uint)(text[i] | 0x20);
                index.AddWord(ref said, text, start, i - start, hash);
            }
            else if (char.IsDigit(c))
            {
                var isOfWord = i > 0 && (IsLetter(text[i - 1]) || text[i - 1] == '_');
                while (i < text.Length && (char.IsDigit(text[i]) || text[i] is '.' or ','))
                    i++;
                if (!isOfWord && IsNumber(text, i))
                    index.AddNumber(ref said);
                // A comma after digits is not a part of them.
                index.AddSign(ref said, text[i - 1]);
            }
            else
            {
                index.AddSign(ref said, c);
                i++;
            }
        }
        return index.May(said);
    }

    /// <summary>The rows of the table that can match a sentence somewhere.</summary>
    public static bool[] RowsOf(List<RuleToken> tokens) => _index.Value.RowsOf(tokens);

    private static bool IsLetter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

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

    /// <summary>The words of all forms, and which forms need them.</summary>
    private sealed class Index
    {
        private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
        private readonly Dictionary<uint, List<(string Letters, int Number)>> _words = [];
        private readonly Dictionary<char, List<int>> _signs = [];
        private readonly RuleWordSet[][] _rows;
        private readonly RuleWordSet _lookingLikeRules;
        private readonly int _number;

        public Index()
        {
            _number = NumberOf(Number);
            foreach (var word in RuleTokens.NumberWords)
                AddLetters(word, _number);
            foreach (var mark in _marks)
                _lookingLikeRules.Add(NumberOf(mark));
            _rows = [.. RuleForms.All.Select(form => form.Pattern.Needs.Select(SetOf).ToArray())];
        }

        public void AddNumber(ref RuleWordSet said) => said.Add(_number);

        public void AddSign(ref RuleWordSet said, char c)
        {
            if (_signs.Count > 0 && _signs.TryGetValue(c, out var numbers))
            {
                foreach (var number in numbers)
                    said.Add(number);
            }
        }

        public void AddWord(ref RuleWordSet said, string text, int start, int length, uint hash)
        {
            if (!_words.TryGetValue(hash, out var words))
                return;
            foreach (var (letters, number) in words)
            {
                if (letters.Length == length && string.Compare(text, start, letters, 0, length, StringComparison.OrdinalIgnoreCase) == 0)
                    said.Add(number);
            }
        }

        public bool May(in RuleWordSet said)
        {
            if (said.HasAnyOf(_lookingLikeRules))
                return true;
            foreach (var row in _rows)
            {
                if (Can(row, said))
                    return true;
            }
            return false;
        }

        public bool[] RowsOf(List<RuleToken> tokens)
        {
            var said = new RuleWordSet();
            foreach (var token in tokens)
            {
                if (_numbers.TryGetValue(token.Lower, out var number))
                    said.Add(number);
                if (token.Number is not null)
                    said.Add(_number);
            }
            var can = new bool[_rows.Length];
            for (var row = 0; row < can.Length; row++)
                can[row] = Can(_rows[row], said);
            return can;
        }

        private static bool Can(RuleWordSet[] row, in RuleWordSet said)
        {
            foreach (var words in row)
            {
                if (!said.HasAnyOf(words))
                    return false;
            }
            return true;
        }

        private RuleWordSet SetOf(string[] words)
        {
            var set = new RuleWordSet();
            foreach (var word in words)
                set.Add(NumberOf(word));
            return set;
        }

        private int NumberOf(string word)
        {
            if (_numbers.TryGetValue(word, out var number))
                return number;
            _numbers.Add(word, number = _numbers.Count);
            if (word == Number)
                return number;
            if (IsLetter(word[0]))
                AddLetters(word, number);
            else
                AddSigns(word[0], number);
            foreach (var sign in word switch { ">=" => "\u2265", "<=" => "\u2264", "-" => "\u2013\u2014", "and" => "&", _ => "" })
                AddSigns(sign, number);
            return number;
        }

        // Of a word with other signs its letters are enough.
        private void AddLetters(string word, int number)
        {
            var letters = new string([.. word.TakeWhile(IsLetter)]);
            var hash = letters.Aggregate(0u, static (hash, c) => (hash * 31) + (uint)(c | 0x20));
            if (!_words.TryGetValue(hash, out var words))
                _words.Add(hash, words = []);
            words.Add((letters, number));
        }

        private void AddSigns(char sign, int number)
        {
            if (!_signs.TryGetValue(sign, out var numbers))
                _signs.Add(sign, numbers = []);
            numbers.Add(number);
        }
    }
}
