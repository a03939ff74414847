namespace Nabla;

/// <summary>Sums of products written with a letter for each axis: a function of permuting, multiplying, the matrix product and summing.</summary>
public static class EinsumExtensions
{
    extension(Tensor)
    {
        /// <summary>
        /// The sum of products that an equation describes: <c>"ij,jk->ik"</c> is the matrix product, <c>"bij->bji"</c> a transposition, <c>"ii"</c> a
        /// trace.
        /// </summary>
        /// <param name="equation">
        /// For each operand a letter an axis, parted by commas, then <c>-></c> and the result's letters. Letters missing from the result are summed
        /// over; a
        /// letter that stands twice in one operand takes its diagonal. Without <c>-></c> the result has the letters that stand once, in alphabetical
        /// order.
        /// Spaces are ignored; <c>...</c> is not taken.
        /// </param>
        /// <param name="operands">Floating tensors of one element type.</param>
        /// <exception cref="ShapeException">Letters and axes differ in number, or one letter stands for two extents.</exception>
        /// <exception cref="ArgumentException">The equation is malformed, or does not have as many parts as there are operands.</exception>
        /// <remarks>
        /// Operands are joined from left to right, two at a time; letters that nothing later asks for are summed as soon as possible.
        /// </remarks>
        public static Tensor Einsum(string equation, params ReadOnlySpan<Tensor> operands)
        {
            (string[] parts, string result) = Parse(equation, operands);
            (Tensor joined, string letters) = Alone(operands[0], parts[0], Later(parts, 0, result));
            for (int i = 1; i < parts.Length; i++)
            {
                string later = Later(parts, i, result);
                (Tensor next, string nextLetters) = Alone(operands[i], parts[i], later + letters);
                (joined, letters) = SumUnless(joined, letters, later + nextLetters);
                (joined, letters) = Join(joined, letters, next, nextLetters, later);
            }
            (joined, letters) = SumUnless(joined, letters, result);
            return Ordered(joined, letters, result);
        }
    }

    private static (string[] Parts, string Result) Parse(string equation, ReadOnlySpan<Tensor> operands)
    {
        ArgumentNullException.ThrowIfNull(equation);
        string written = equation.Replace(" ", "");
        if (written.Contains("...")) throw new ArgumentException($"Einsum \"{equation}\" uses \"...\", which is not taken; give every axis a letter");
        string[] sides = written.Split("->");
        if (sides.Length > 2)
        {
            throw new ArgumentException(
                $"Einsum \"{equation}\" has more than one \"->\"; "
                + "write the operands before it and the result after it");
        }
        string[] parts = sides[0].Split(',');
        if (parts.Length != operands.Length)
        {
            throw new ArgumentException(
                $"Einsum \"{equation}\" has {parts.Length} operands, got {operands.Length} tensors; "
                + "part the operands with commas");
        }
        Dictionary<char, int> extents = [];
        for (int i = 0; i < parts.Length; i++) Read(equation, i, parts[i], operands[i], extents);
        string result = sides.Length == 2 ? sides[1] : Implied(sides[0]);
        foreach (char letter in result)
        {
            if (!extents.ContainsKey(letter))
                throw new ArgumentException($"Einsum \"{equation}\" asks for '{letter}' in the result, which stands in no operand");
            if (result.IndexOf(letter) != result.LastIndexOf(letter))
                throw new ArgumentException($"Einsum \"{equation}\" has '{letter}' twice in the result; each letter stands there once");
        }
        return (parts, result);
    }

    private static void Read(string equation, int operand, string letters, Tensor tensor, Dictionary<char, int> extents)
    {
        if (letters.Length != tensor.Rank)
        {
            throw new ShapeException(
                $"Einsum \"{equation}\" gives operand {operand} the {letters.Length} letters \"{letters}\", "
                + $"got {tensor.Shape} with {tensor.Rank} axes");
        }
        for (int axis = 0; axis < letters.Length; axis++)
        {
            char letter = letters[axis];
            if (!char.IsAsciiLetter(letter))
            {
                throw new ArgumentException(
                    $"Einsum \"{equation}\" has '{letter}' in operand {operand}; axes are letters a to z and A to Z");
            }
            int extent = tensor.Shape[axis];
            if (extents.TryAdd(letter, extent) || extents[letter] == extent) continue;
            throw new ShapeException(
                $"Einsum \"{equation}\" needs one extent for '{letter}', got {extents[letter]} and, in operand {operand} {tensor.Shape}, {extent}");
        }
    }

    private static string Implied(string operands) =>
        string.Concat(operands.Where(letter => char.IsAsciiLetter(letter) && operands.IndexOf(letter) == operands.LastIndexOf(letter)).Order());

    private static string Later(string[] parts, int after, string result) => string.Concat(parts[(after + 1)..]) + result;

    /// <summary>An operand with its diagonals taken, and summed over the letters that nobody else asks for.</summary>
    private static (Tensor X, string Letters) Alone(Tensor x, string letters, string asked)
    {
        for (int axis = 0; axis < letters.Length; axis++)
        {
            int twin = letters.IndexOf(letters[axis], axis + 1);
            if (twin < 0) continue;
            x = Diagonal(x, axis, twin);
            letters = letters.Remove(twin, 1).Remove(axis, 1) + letters[axis];
            // The diagonal has moved to the end, so the letters are read again from the start.
            axis = -1;
        }
        return SumUnless(x, letters, asked);
    }

    /// <summary>x[…, i, i] on a new innermost axis in place of two: every (extent + 1)-th element of the two axes in one.</summary>
    private static Tensor Diagonal(Tensor x, int first, int second)
    {
        int extent = x.Shape[first];
        int[] order = [.. Enumerable.Range(0, x.Rank).Where(axis => axis != first && axis != second), first, second];
        Tensor moved = x.Permute(Axes.Create(order));
        Shape outer = Shape.Create(moved.Shape.AsSpan()[..^2]);
        return moved.Reshape(outer.Insert(outer.Rank, extent * extent)).SliceAxis(outer.Rank, 0, extent + 1, extent);
    }

    private static (Tensor X, string Letters) SumUnless(Tensor x, string letters, string asked)
    {
        int[] axes = [.. Enumerable.Range(0, letters.Length).Where(axis => !asked.Contains(letters[axis]))];
        return axes.Length == 0 ? (x, letters) : (x.Sum(Axes.Create(axes)), string.Concat(letters.Where(asked.Contains)));
    }

    /// <summary>Two operands made one. Letters of both that nothing later asks for are contracted by a matrix product.</summary>
    private static (Tensor X, string Letters) Join(Tensor x, string left, Tensor y, string right, string later)
    {
        string shared = string.Concat(left.Where(right.Contains));
        string batch = string.Concat(shared.Where(later.Contains)), contracted = string.Concat(shared.Where(letter => !later.Contains(letter)));
        string rows = string.Concat(left.Where(letter => !right.Contains(letter)));
        string columns = string.Concat(right.Where(letter => !left.Contains(letter)));
        string letters = batch + rows + columns;
        Shape result = Shape.Create(
            [.. letters.Select(letter => left.Contains(letter) ? x.Shape[left.IndexOf(letter)] : y.Shape[right.IndexOf(letter)])]);
        int batches = Count(x, left, batch), m = Count(x, left, rows), n = Count(y, right, columns), k = Count(x, left, contracted);
        if (contracted.Length == 0)
        {
            Tensor across = Ordered(x, left, batch + rows).Reshape([batches, m, 1]);
            Tensor down = Ordered(y, right, batch + columns).Reshape([batches, 1, n]);
            return ((across * down).Reshape(result), letters);
        }
        // An operand that lies transposed is read transposed and not moved.
        bool transposeLeft = left == batch + contracted + rows && rows.Length > 0;
        bool transposeRight = right == batch + columns + contracted && columns.Length > 0;
        Tensor a = transposeLeft ? x.Reshape([batches, k, m]) : Ordered(x, left, batch + rows + contracted).Reshape([batches, m, k]);
        Tensor b = transposeRight ? y.Reshape([batches, n, k]) : Ordered(y, right, batch + contracted + columns).Reshape([batches, k, n]);
        return (a.MatMul(b, transposeLeft, transposeRight).Reshape(result), letters);
    }

    private static Tensor Ordered(Tensor x, string letters, string order) =>
        x.Permute(Axes.Create([.. order.Select(letter => letters.IndexOf(letter))]));

    private static int Count(Tensor x, string letters, string of)
    {
        int count = 1;
        foreach (char letter in of) count *= x.Shape[letters.IndexOf(letter)];
        return count;
    }
}
