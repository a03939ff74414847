using static Nabla.Blank;

namespace Nabla.Lessons;

internal static class LessonC5
{
    public static Lesson Lesson { get; } = new(
        "C5",
        new("Division", "나눗셈"),
        new("y = 1/x has the local gradient −1/x², which is −y².", "y = 1/x의 국소 기울기는 −1/x², 곧 −y²입니다."),
        new TextSection(
            """
            The curve of y = 1/x falls everywhere, so its slope is negative; and it falls steeply near 0 and hardly at all far away. Both are in the formula
            **∂y/∂x = −1/x²**.

            Since y = 1/x, the same number is **−y²**. The node has just computed y in the forward pass, so it keeps its own output, and the backward pass
            needs one multiplication and no division.

            A quotient a/b is a · (1/b): a multiply gate and this one. Its local gradients are 1/b towards a, and −a/b² towards b.
            """,
            """
            y = 1/x의 곡선은 어디서나 내려가므로 경사가 음수입니다. 0 가까이에서는 가파르고 멀리서는 거의 평평합니다. 두 가지가 모두 식 **∂y/∂x = −1/x²**에
            들어 있습니다.

            y = 1/x이므로 이 값은 **−y²**과 같습니다. 노드는 순전파에서 y를 막 계산했으므로 자기 출력만 간직하면 되고, 역전파에서는 나눗셈 없이 곱셈 한
            번이면 됩니다.

            분수 a/b는 a · (1/b), 곧 곱셈 게이트와 이 게이트입니다. 국소 기울기는 a에 대해 1/b, b에 대해 −a/b²입니다.
            """),
        new GraphSection("x = 4\ny = 1 / x\nf = 8 * y"),
        new TableSection(["x", "y = 1/x", "−y²", new("by backpropagation", "역전파로 구한 값")], Slopes),
        new QuizSection(
            "quiz-1",
            new("y = 1/x gives y = 0.5. What is its local gradient?", "y = 1/x의 값이 y = 0.5입니다. 국소 기울기는 얼마일까요?"),
            ["-0.5", "0.25", "-4", "-0.25"],
            right: 3,
            new("−y² = −0.25.", "−y² = −0.25입니다.")),
        new ExerciseSection(
            "exercise-1",
            new("A quotient, taken apart.", "분수를 나누어 놓았습니다."),
            "a = 6\nb = 2\nr = 1 / b\nf = a * r",
            Value("r"), Value("f"), Downstream("a"), Upstream("r"), Local("r", "b"), Downstream("b")));

    private static IEnumerable<BilingualText[]> Slopes()
    {
        Tensor x = Tensor.From(-2.0, 0.5, 1, 2, 4), y = x.Reciprocal();   // [points]
        double[] back = y.Sum().Backward()[x].ToDoubles(), squares = (-y.Square()).ToDoubles(), values = y.ToDoubles(), places = x.ToDoubles();
        for (int i = 0; i < places.Length; i++)
            yield return [Written.Text(places[i]), Written.Text(values[i]), Written.Text(squares[i]), Written.Text(back[i])];
    }
}
